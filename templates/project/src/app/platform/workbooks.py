"""Writing workbooks (.xlsx) page by page, so that one of any length needs the memory of a page.

A workbook is an archive of a few small parts and its sheets. Cells hold their texts themselves, and
no formulas: a text that begins like one is a text to every spreadsheet. Numbers and dates are written
as such, where they are exact, so that a spreadsheet can reckon with them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

from app.platform.cells import NUMBER
from app.platform.errors import Conflict

MOST_ROWS = 1_000_000
MOST_BYTES = 1_000_000_000
"""A sheet that is longer goes on in another one: spreadsheets and archives end not far beyond."""
LONGEST_CELL = 32_767
EXACT_DIGITS = 15
FIRST_DAY, DAY_ZERO = dt.date(1900, 3, 1), dt.date(1899, 12, 30)
"""Days are counted from day zero; before the first day spreadsheets do not agree how."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TIED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LOOSE = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = (
    f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="18"/><sheetData>'
)
TAIL = "</sheetData></worksheet>"
DATE, BOLD = 1, 2
XF = 'numFmtId="{}" fontId="{}" fillId="0" borderId="0"'
FONT = '<sz val="11"/><name val="Calibri"/>'
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    f'<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf {XF.format(0, 0)}/></cellStyleXfs><cellXfs count="3">'
    f'<xf {XF.format(0, 0)} xfId="0"/><xf {XF.format(14, 0)} xfId="0" applyNumberFormat="1"/>'
    f'<xf {XF.format(0, 1)} xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)

Lines = Sequence[Sequence[str]]


class Outbox(io.RawIOBase):
    """Takes what an archive writes until it is sent on; nothing goes back in it."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some more."""
        self._kept += data
        return len(data)

    def sent(self) -> bytes:
        """Give what was written since the last time."""
        found = bytes(self._kept)
        self._kept.clear()
        return found


class Sheet:
    """One sheet while it is written."""

    def __init__(self, archive: ZipFile, number: int, header: Sequence[str]) -> None:
        self._part = archive.open(f"xl/worksheets/sheet{number}.xml", "w")
        self._rows = self._bytes = 0
        self.add(HEAD + row(header, {}, BOLD), 1)

    @property
    def full(self) -> bool:
        """Whether what comes next belongs in another sheet."""
        return self._rows >= MOST_ROWS or self._bytes >= MOST_BYTES

    def add(self, text: str, rows: int) -> None:
        """Write some rows."""
        self._bytes += self._part.write(text.encode())
        self._rows += rows

    def end(self) -> None:
        """End the sheet."""
        self.add(TAIL, 0)
        self.close()

    def close(self) -> None:
        """Let go of the archive, which cannot be closed before."""
        self._part.close()


def workbook(
    header: Sequence[str], kinds: Mapping[str, str], pages: Iterable[Lines]
) -> Iterator[bytes]:
    """Write pages of lines under a header; `kinds` says which columns hold a number or a date.

    Raises Conflict for a value that no cell has room for.
    """
    out, sheets = Outbox(), 1
    known = {at: kinds[name] for at, name in enumerate(header) if name in kinds}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        sheet = Sheet(archive, sheets, header)
        try:
            for page in pages:
                if sheet.full:
                    sheet.end()
                    sheets += 1
                    sheet = Sheet(archive, sheets, header)
                sheet.add("".join(row(line, known) for line in page), len(page))
                yield out.sent()
            sheet.end()
        finally:
            sheet.close()
        for name, text in parts(sheets).items():
            archive.writestr(name, text)
    yield out.sent()


def row(line: Sequence[str], kinds: Mapping[int, str], style: int = 0) -> str:
    """Write one row."""
    return f"<row>{''.join(cell(text, kinds.get(at), style) for at, text in enumerate(line))}</row>"


def cell(text: str, kind: str | None = None, style: int = 0) -> str:
    """Write one cell: as a `number` or a `date` where it is one, and else as a text."""
    if not text:
        return "<c/>"
    if kind == "number" and NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) <= EXACT_DIGITS:
        return f"<c><v>{text}</v></c>"
    if kind == "date" and (day := dt.date.fromisoformat(text)) >= FIRST_DAY:
        return f'<c s="{DATE}"><v>{(day - DAY_ZERO).days}</v></c>'
    if len(text) > LONGEST_CELL:
        raise Conflict("A value is longer than a cell of a workbook can be: take CSV.")
    held = UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", escape(text, quote=False))
    held = held.replace("\r", "&#13;")
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{held}</t></is></c>'


def parts(sheets: int) -> dict[str, str]:
    """Give the small parts, which name the sheets and what each part is."""
    numbers = range(1, sheets + 1)
    named = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    tied = "".join(relation(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    typed = "".join(override(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers)
    return {
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{TIED}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(tied + relation("styles", "styles", "styles.xml")),
        "xl/styles.xml": STYLES,
        "_rels/.rels": relations(relation("book", "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": f'{XML}<Types xmlns="{KINDS}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{override('/xl/workbook.xml', 'sheet.main')}{override('/xl/styles.xml', 'styles')}"
        f"{typed}</Types>",
    }


def relations(inner: str) -> str:
    """Write what a part belongs together with."""
    return f'{XML}<Relationships xmlns="{LOOSE}">{inner}</Relationships>'


def relation(name: str, kind: str, target: str) -> str:
    """Name one part that belongs to another."""
    return f'<Relationship Id="{name}" Type="{TIED}/{kind}" Target="{target}"/>'


def override(part: str, kind: str) -> str:
    """Say what a part is."""
    full = f"{SHEET}.{kind}+xml"
    return f'<Override PartName="{part}" ContentType="{full}"/>'
