"""The pattern of an amount takes what is within its bounds, and nothing else."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest

from app.platform.ranges import at_least, at_most, wholes

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


@pytest.mark.parametrize("limit", [0, 1, 9, 10, 59, 100, 4_999, 99_999, 100_000, 2_628_000])
def test_whole_numbers_of_so_many_digits(limit: int) -> None:
    greater, smaller = (
        re.compile("|".join(wholes(limit, 5, up=up)) or "nothing") for up in (True, False)
    )
    for number in {*range(300), *range(4_900, 5_100), *range(9_990, 10_010), 99_998, 99_999}:
        assert bool(greater.fullmatch(str(number))) is (number > limit)
        assert bool(smaller.fullmatch(str(number))) is (number < limit)
