"""Workbooks: what stands in their cells, and that any number of rows fits."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from app.platform import workbooks
from app.platform.errors import Conflict
from app.platform.imports.sheets import lines_of
from app.platform.workbooks import Lines, workbook

KINDS = {"count": "number", "day": "date"}


def made(pages: Iterable[Lines], header: tuple[str, ...] = ("text", "count", "day")) -> bytes:
    """Write a workbook."""
    return b"".join(workbook(header, KINDS, pages))


def cells(content: bytes, line: int = 2) -> list[Cell]:
    """Read the cells of a line of the first sheet, as a spreadsheet would."""
    return list(load_workbook(io.BytesIO(content)).worksheets[0][line])  # type: ignore[arg-type]


def test_numbers_and_dates_can_be_reckoned_with() -> None:
    text, count, day = cells(made([[["12", "-12.50", "2026-03-31"]]]))
    assert (text.value, count.value, count.data_type) == ("12", -12.5, "n")
    assert (str(day.value), day.is_date) == ("2026-03-31 00:00:00", True)


def test_what_a_number_or_a_date_would_change_stays_a_text() -> None:
    text, count, day = cells(made([[["", "1234567890123456", "1900-02-28"]]]))
    assert (text.value, count.value, day.value) == (None, "1234567890123456", "1900-02-28")
    _, blank, none = cells(made([[["a", "n/a", ""]]]))
    assert (blank.value, none.value) == ("n/a", None)


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>&\"'", " a ", "two\nlines\r\n", "\U0001f9ef ü", "\ta"]
)
def test_a_text_stays_what_it_is(text: str) -> None:
    content = made([[[text, "", ""]]])
    assert lines_of(content, 10) == [["text", "count", "day"], [text]]
    assert cells(content)[0].data_type == "s"


def test_what_no_workbook_can_hold_is_written_as_spreadsheets_do() -> None:
    assert cells(made([[["a\x0bb\x01", "", ""]]]))[0].value == "a_x000B_b_x0001_"
    with pytest.raises(Conflict, match="CSV"):
        made([[["x" * 32_768, "", ""]]])


def test_the_header_stands_out_and_stays_in_sight() -> None:
    sheet = load_workbook(io.BytesIO(made([[]]))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert (sheet["A1"].font.bold, sheet.max_row) == (True, 1)


def test_what_is_too_long_for_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    pages = [[["a", "", ""]], [["b", "", ""], ["c", "", ""]], [["d", "", ""]]]
    sheets = load_workbook(io.BytesIO(made(pages))).worksheets
    assert [[row[0].value for row in sheet] for sheet in sheets] == [
        ["text", "a"], ["text", "b", "c"], ["text", "d"],
    ]  # fmt: skip


def test_each_page_is_sent_before_the_next_is_asked_for() -> None:
    asked = iter([[["a", "", ""]], [["b", "", ""]]])
    pieces = workbook(("text",), {}, asked)
    assert next(pieces)
    assert next(asked) == [["b", "", ""]]
    pieces.close()  # type: ignore[attr-defined]
