"""Each kind of difference between two blueprints, with its verdict and its words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from scaffold.blueprint import load
from scaffold.changing import ASKS, BREAKS, SAFE, differences
from scaffold.names import record_names
from tests.changing.blueprint import APPLIED

CASES = Path(__file__).with_name("cases.txt")
FEWEST = 55


class Case(NamedTuple):
    """Edits of the applied blueprint, and the lines that are said of them."""

    name: str
    edits: list[tuple[str, str]]
    expected: list[str]

    @property
    def wanted(self) -> str:
        """The blueprint after the edits."""
        text = APPLIED
        for old, new in self.edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        return text


def cases() -> list[Case]:
    """Every case of the table: `-|` lines become the `+|` lines below them."""
    return [_case(block.splitlines()) for block in CASES.read_text().strip().split("\n\n")]


def _case(lines: list[str]) -> Case:
    edits: list[tuple[list[str], list[str]]] = []
    expected: list[str] = []
    for line in lines[1:]:
        if line.startswith("-|"):
            if not edits or edits[-1][1]:
                edits.append(([], []))
            edits[-1][0].append(line[2:])
        elif line.startswith("+|"):
            edits[-1][1].append(line[2:])
        else:
            expected.append(line)
    joined = [("\n".join(old), "\n".join(new)) for old, new in edits]
    return Case(lines[0].removeprefix("# "), joined, expected)


def said(applied: str, wanted: str) -> list[str]:
    """Each difference as the table writes it."""
    before = load(applied)
    ids = {r.name: record_names(r.name, r.plural).id for r in before.records.values()}
    lines: list[str] = []
    for change in differences(before, load(wanted), ids):
        lines.append(f"{change.verdict} {change.where} {change.kind}: {change.words}")
        lines += [f"  hint: {change.hint}"] if change.hint else []
    return lines


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_difference_is_said_in_these_words(case: Case) -> None:
    assert said(APPLIED, case.wanted) == case.expected


def test_the_table_holds_every_verdict() -> None:
    found = Counter(line.split()[0] for case in cases() for line in case.expected)
    assert len(cases()) >= FEWEST
    assert min(found[SAFE], found[ASKS], found[BREAKS]) >= 5


def test_what_was_said_once_is_no_difference_any_more() -> None:
    """`was`, `backfill` and `retired` stay in a blueprint after they were applied."""
    for case in cases():
        assert said(case.wanted, case.wanted) == [], case.name


def test_everything_that_is_not_safe_says_what_to_write() -> None:
    for case in cases():
        for place, line in enumerate(case.expected):
            if line.startswith((ASKS, BREAKS)):
                assert case.expected[place + 1].startswith("  hint: "), line
