"""The pattern of an amount takes what is within its bounds, and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal

import pytest

from app.platform.ranges import at_least, at_most, not_after, not_before

BOUNDS = (
    "0",
    "0.1",
    "0.01",
    "9.99",
    "10",
    "15",
    "99.5",
    "100",
    "250000",
    "0.05",
    "-0.5",
    "-7",
    "-10.25",
)
EDGES = (
    "0",
    "0.0",
    "0.09",
    "0.1",
    "0.10",
    "1",
    "9.9",
    "10.0",
    "15.01",
    "99.49",
    "-0.50",
    "-0.51",
    "-10.3",
)


def amounts() -> list[str]:
    """Make amounts of every size, with up to two places."""
    chance = random.Random(5)
    made = [f"{chance.randint(-(10**k), 10**k)}" for k in range(8) for _ in range(30)]
    behind = [f"{chance.choice(made)}.{chance.randint(0, 99)}" for _ in range(600)]
    return [*EDGES, *made, *behind, *(f"-0.{n:02}" for n in range(100))]


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_pattern_agrees_with_the_number(bound: str) -> None:
    limit = Decimal(bound)
    least, most = re.compile(at_least(limit, 2, 9)), re.compile(at_most(limit, 2, 9))
    for amount in amounts():
        if Decimal(amount) == 0 and amount.startswith("-"):
            continue
        assert bool(least.search(amount)) is (Decimal(amount) >= limit), (amount, least.pattern)
        assert bool(most.search(amount)) is (Decimal(amount) <= limit), (amount, most.pattern)


@pytest.mark.parametrize(
    ("amount", "within"), [("3", True), ("12", True), ("13", False), ("3.0", False)]
)
def test_without_places_there_is_no_point(amount: str, within: bool) -> None:
    assert bool(re.search(at_most(Decimal(12), 0, 5), amount)) is within


@pytest.mark.parametrize(("amount", "within"), [("8", False), ("9", True), ("10", False)])
def test_a_full_number_of_digits_has_nothing_above(amount: str, within: bool) -> None:
    assert bool(re.search(at_least(Decimal(9), 0, 1), amount)) is within


@pytest.mark.parametrize("bound", ["1900-01-01", "2026-02-28", "2000-12-31", "0001-01-01"])
def test_dates_compare_as_their_text_does(bound: str) -> None:
    chance = random.Random(7)
    for _ in range(2000):
        day = dt.date.fromordinal(chance.randint(1, dt.date.max.toordinal())).isoformat()
        assert bool(re.search(not_before(bound), day)) is (day >= bound)
        assert bool(re.search(not_after(bound), day)) is (day <= bound)
    assert re.search(not_before(bound), bound)
    assert re.search(not_after(bound), bound)
