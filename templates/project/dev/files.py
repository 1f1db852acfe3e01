"""Small files with real content, for examples and for tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from app.platform.db import Session
from app.platform.files.claims import file_columns
from app.platform.files.kinds import KINDS
from app.platform.files.models import StoredFile
from app.platform.files.uploads import FileField, kept
from app.platform.views import opened

OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OPEN = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
TEXT = b"item,count\r\nscrews,12\r\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
NOTHING = bytes(64)
WHOLE = {
    "bmp": b"BM" + NOTHING,
    "csv": TEXT,
    "dwg": b"AC1032" + NOTHING,
    "gif": b"GIF89a" + NOTHING,
    "heic": b"\0\0\0\x18ftypheic" + NOTHING,
    "jpeg": JPEG,
    "jpg": JPEG,
    "m4a": b"\0\0\0\x18ftypM4A " + NOTHING,
    "mov": b"\0\0\0\x18ftypqt  " + NOTHING,
    "mp3": b"ID3\x04" + NOTHING,
    "mp4": b"\0\0\0\x18ftypisom" + NOTHING,
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "tif": TIFF,
    "tiff": TIFF,
    "txt": TEXT,
    "wav": b"RIFF\x24\0\0\0WAVEfmt " + NOTHING,
    "webp": b"RIFF\x24\0\0\0WEBPVP8 " + NOTHING,
}


def example(kind: str) -> bytes:
    """Give the content of a small file of this kind."""
    if kind == "png":
        return picture()
    return WHOLE.get(kind) or archive(kind)


def picture() -> bytes:
    """Give a white picture of eight by eight points."""
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes([0] + [255] * 8) * 8)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def archive(kind: str) -> bytes:
    """Give an archive with the parts by which its kind is told."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        if kind in OPEN:
            parts.writestr("mimetype", f"application/vnd.oasis.opendocument.{OPEN[kind]}")
        elif kind in OFFICE:
            parts.writestr("[Content_Types].xml", "<Types/>")
            parts.writestr(OFFICE[kind], "<document/>")
        else:
            parts.writestr("readme.txt", "Nothing more.")
    return held.getvalue()


def uploaded(session: Session, column: Column[Any], uploader: UUID | None) -> UUID:
    """Keep a small file for a column, as if somebody had just uploaded it; give its id."""
    field = FileField.of(column)
    content = io.BytesIO(example(next(name for name in field.types if name in KINDS)))
    file = kept(field, content, f"example.{field.types[0]}")
    file.uploaded_by, file.uploaded_at = uploader, datetime.now(UTC)
    session.add(file)
    session.flush()
    return file.id


def taken(session: Session, row: Any) -> None:
    """Let a row take the files that it names."""
    for column in file_columns(row.__table__):
        file_id = opened(getattr(row, column.name))
        file = None if file_id is None else session.get(StoredFile, file_id)
        if file is not None:
            file.record_id = row.id
    session.flush()
