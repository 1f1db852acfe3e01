"""Reading tables: CSV as spreadsheets write it, workbooks, and what only looks like one."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from app.platform.errors import Invalid
from app.platform.imports.sheets import lines_of

MOST = 100


def workbook(*rows: Sequence[object]) -> bytes:
    """Give a workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def with_part(content: bytes, name: str, data: bytes, before: bytes = b"") -> bytes:
    """Put a part into a workbook, behind what it begins with."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", 8) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    "text", ["a,b\r\n1,ä\r\n", "\ufeffa;b\n1;ä\n\n\n", "a\tb\r1\tä", 'a,b\n"1","ä"\n,,\n']
)
def test_csv_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert lines_of(text.encode(), MOST) == [["a", "b"], ["1", "ä"]]


@pytest.mark.parametrize(
    "content",
    [
        "ä".encode("latin-1"),
        "a,b".encode("utf-16"),
        b"a\x00b",
        b'a\n"b',
        b'a\n"b"c"',
        b"a\n" + b"," * 300,
        b"a\n" + b"x" * 40_000,
        b"%PDF-1.7\x00",
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        lines_of(content, MOST)


def test_a_workbook_is_read_as_text() -> None:
    moment = dt.datetime.fromisoformat("2026-03-31T16:30")
    values: list[object] = ["=1+1", 3, 3.0, 0.1, True, dt.date(2026, 3, 31), moment, None, "x"]
    values += [dt.time(8, 5), dt.timedelta(hours=25)]
    head: list[object] = list("abcdefghijk")
    (_, line) = lines_of(workbook(head, values, [None, None]), MOST)
    assert line == [
        "", "3", "3", "0.1", "true", "2026-03-31", "2026-03-31T16:30:00", "", "x", "08:05:00",
        "P1DT1H",
    ]  # fmt: skip


def test_too_many_lines_are_refused() -> None:
    for content in (workbook(*(["a"] for _ in range(12))), b"a\n" * 12):
        assert len(lines_of(content, 12)) == 12
        with pytest.raises(Invalid) as refusal:
            lines_of(content, 11)
        assert refusal.value.code == "too_many_lines"
    assert lines_of(b"a\n" + b"\n" * 5000, 11) == [["a"]]


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def test_a_cell_far_away_costs_nothing() -> None:
    hostile = with_part(workbook(["a"]), SHEET, HEAD + FAR + TAIL)
    assert lines_of(hostile, MOST) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + HEAD + TAIL),
        (SHEET, (HEAD + TAIL).decode().encode("utf-16")),
        (SHEET, b'<?xml version="1.0" encoding="cp037"?>' + HEAD + TAIL),
        (SHEET, b"<worksheet"),
        (SHEET, HEAD + b" " * 30_000_000 + TAIL),
        ("xl/workbook.xml", b"<a/>"),
        ("[Content_Types].xml", b"no xml"),
    ],
)
def test_hostile_parts_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(Invalid):
        lines_of(with_part(workbook(["a"]), name, data), MOST)


def test_pieces_of_archives_are_refused() -> None:
    whole = workbook(["a"])
    for content in (b"PK\x03\x04", whole[:-30], whole[:200], b"PK\x03\x04" + whole[300:]):
        with pytest.raises(Invalid):
            lines_of(content, MOST)


def test_what_is_not_xml_is_left_alone() -> None:
    assert lines_of(with_part(workbook(["a"]), "xl/media/a.png", b"x" * 9), MOST) == [["a"]]
