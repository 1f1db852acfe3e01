"""Reading a table that somebody sends: comma-separated values, or the first sheet of a workbook.

What it is, is told by its content. Everything that is read is bounded before it is read: a
workbook is an archive, and a small one can say that it holds very much.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from app.platform import forms
from app.platform.errors import Invalid

Line = list[str]

ZIP = b"PK\x03\x04"
UNPACKED_TIMES = 20
"""So many times as large as the archive its parts may be together, which real ones are not."""
SMALL = 1_000_000
LONGEST_CELL = 32_767  # of a spreadsheet
MOST_COLUMNS = 256
XML = (".xml", ".rels")
DEFINES = re.compile(rb"<!(?!--|\[CDATA\[)|\x00")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
UNREADABLE = "This workbook cannot be read. Save it once more as .xlsx."
MIDNIGHT = dt.time()


def lines_of(content: bytes, most: int) -> list[Line]:
    """Give the lines of a table as text, blank ones at the end left out.

    Raises Invalid where it is no table that we read, or has more lines than `most`.
    """
    read = of_workbook(content, most) if content.startswith(ZIP) else of_text(content)
    found: list[Line] = []
    for line in read:
        if len(found) > most + MOST_COLUMNS:  # blank ones may follow, but not for ever
            break
        found.append(line)
    while found and not any(found[-1]):
        found.pop()
    if len(found) > most:
        raise Invalid(f"Send at most {most - 1} lines at once.", code="too_many_lines")
    return found


def of_text(content: bytes) -> Iterator[Line]:
    """Give the lines of comma-separated values in UTF-8, with or without a byte order mark."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("Save it as CSV in UTF-8, or as a workbook (.xlsx).") from error
    if "\x00" in text:
        raise Invalid("This is neither CSV in UTF-8 nor a workbook (.xlsx).")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    try:
        for line in lines:
            if len(line) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in line):
                raise Invalid(f"Line {lines.line_num} is too long.")
            yield line
    except csv.Error as error:
        raise Invalid(f"Line {lines.line_num} is not CSV: its quotes do not match.") from error


def delimiter(text: str) -> str:
    """Tell which sign parts the cells, from the first line: spreadsheets write their country's."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def of_workbook(content: bytes, most: int) -> Iterator[Line]:
    """Give the lines of the first sheet; of a formula, the value that was saved with it."""
    try:
        archive = unpacked(content)
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(archive, read_only=True, data_only=True)
            bounds = {"max_row": most + 1, "max_col": MOST_COLUMNS}
            rows = list(book.worksheets[0].iter_rows(**bounds, values_only=True))
            book.close()
    except Invalid:
        raise
    except Exception as error:  # neither library has errors of its own: they fail where they stand
        raise Invalid(UNREADABLE) from error
    for row in rows:
        line = [as_text(value) for value in row]
        while line and not line[-1]:
            line.pop()
        yield line


def unpacked(content: bytes) -> io.BytesIO:
    """Give the same archive without compression, so that it is as large as it seems.

    Raises Invalid for one that grows too much, or that defines words of its own (XML entities).
    """
    left = max(SMALL, len(content) * UNPACKED_TIMES)
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(plain, "w") as copy:
        for part in packed.infolist():
            if not part.filename.endswith(XML):
                continue  # pictures, macros
            with packed.open(part) as source:
                data = source.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Invalid("This workbook holds too much.", code="too_large")
            if DEFINES.search(data) or ENCODING.search(data[:200]):
                raise Invalid(UNREADABLE)
            copy.writestr(part.filename, data)
    plain.seek(0)
    return plain


def as_text(value: Any) -> str:
    """Write what stands in a cell of a workbook as it would stand in CSV."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    if isinstance(value, dt.datetime) and value.time() == MIDNIGHT:
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    written = forms.span(value) if isinstance(value, dt.timedelta) else value
    return "" if written is None else str(written)
