"""Every fault the checker knows, with its exact words, beside a blueprint without any."""

from __future__ import annotations

import pytest

from scaffold.blueprint import check
from tests.language.fault_tables import TABLES, Edit, answers, edits
from tests.language.small_blueprint import SMALL

LEAST_FAULTS = 60
TABLE_NAMES = sorted(path.stem for path in TABLES.glob("*.txt"))
ALL = [edit for name in TABLE_NAMES for edit in edits(name)]
FAULTY = [edit for edit in ALL if edit.expected]
LEGAL = [edit for edit in ALL if not edit.expected]


def test_the_small_blueprint_has_no_faults() -> None:
    assert check(SMALL, "small.yml") == []


def test_the_tables_are_not_empty() -> None:
    assert len(FAULTY) >= LEAST_FAULTS
    assert LEGAL


@pytest.mark.parametrize("edit", FAULTY, ids=lambda edit: edit.where)
def test_a_fault_is_said_in_these_words(edit: Edit) -> None:
    assert answers(edit.old, edit.new) == edit.expected


@pytest.mark.parametrize("edit", LEGAL, ids=lambda edit: edit.where)
def test_a_legal_neighbour_is_not_refused(edit: Edit) -> None:
    assert answers(edit.old, edit.new) == []
