"""What stands in the cells of a table."""

from __future__ import annotations

import pytest

from app.platform.cells import cell, harmless, meant

RUN = ["=1+1", "+41 44 1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "'=1", "''=1", "＝1", "-", "+5"]
LEFT_ALONE = ["", "a=b", "-5", "-12.50", "7", "'tis", "'", "x\t=1", " =1"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_is_written_as_a_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_it_would_not_run_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", [*RUN, *LEFT_ALONE])
def test_what_was_written_is_read_back(text: str) -> None:
    assert meant(harmless(text)) == text


def test_each_kind_of_value_has_one_form() -> None:
    values = (None, True, 7, -1.5, "ä", [1, "=x"], {"a": None})
    assert [cell(value) for value in values] == [
        "", "true", "7", "-1.5", "ä", '[1, "=x"]', '{"a": null}',
    ]  # fmt: skip
