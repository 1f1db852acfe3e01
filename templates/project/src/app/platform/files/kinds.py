"""What a file is, told by its content. Its name and what the sender says of it count for nothing.

Nothing that a browser runs is among them: no HTML, no SVG.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

ENDS = 66_000
"""So much of the beginning and of the end is looked at: more than an archive may have at its end."""
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|%)", re.IGNORECASE)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
ARCHIVE, ARCHIVE_END = b"PK\x03\x04", b"PK\x05\x06"
PDF = b"%PDF-"

Test = Callable[[bytes, bytes], bool]
"""Whether a file that begins and ends so is of a kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: what it is called on the web, and how it is told."""

    media_type: str
    test: Test


def begins(*signs: bytes, at: int = 0, first: bytes = b"") -> Test:
    """Tell a kind by its first bytes; refuse what could be taken for another kind as well.

    Signs that are not at the very beginning have something before them that is `first`.
    """

    def test(head: bytes, tail: bytes) -> bool:
        alone = ARCHIVE_END not in tail and (PDF in signs or PDF not in head[:1024])
        return alone and head.startswith(first) and head[at:].startswith(signs)

    return test


def box(*brands: bytes) -> Test:
    """Tell a kind by the brand in its first box, which says before that how short it is."""
    return begins(*(b"ftyp" + brand for brand in brands), at=4, first=bytes(2))


def document(head: bytes, tail: bytes) -> bool:
    """Tell a PDF, which also has to end as one."""
    return begins(PDF)(head, tail) and b"%%EOF" in tail[-2048:]


def archive(*parts: bytes, no: Iterable[bytes] = ()) -> Test:
    """Tell an archive by the names of its parts, which stand at its end."""

    def test(head: bytes, tail: bytes) -> bool:
        whole = head.startswith(ARCHIVE) and ARCHIVE_END in tail
        return whole and all(part in tail for part in parts) and not any(p in tail for p in no)

    return test


def opened(kind: bytes) -> Test:
    """Tell an OpenDocument, whose first part says what it is."""
    said = b"mimetypeapplication/vnd.oasis.opendocument." + kind
    return lambda head, tail: archive()(head, tail) and head[30:].startswith(said)


def text(head: bytes, tail: bytes) -> bool:
    """Tell plain text: UTF-8 without control characters, and nothing that a browser would run."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return False
    return not CONTROL.search(head + tail) and not MARKUP.search(head + tail)


def office(folder: bytes) -> Test:
    """Tell a document of an office program, without macros."""
    return archive(b"[Content_Types].xml", folder, no=[b"vbaProject.bin"])


JPEG = Kind("image/jpeg", begins(b"\xff\xd8\xff"))
TIFF = Kind("image/tiff", begins(b"II*\x00", b"MM\x00*"))
KINDS: dict[str, Kind] = {
    "bmp": Kind("image/bmp", begins(bytes(4), at=6, first=b"BM")),
    "csv": Kind("text/csv", text),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", office(b"word/")),
    "dwg": Kind("image/vnd.dwg", begins(bytes(5), at=6, first=b"AC10")),
    "gif": Kind("image/gif", begins(b"GIF87a", b"GIF89a")),
    "heic": Kind("image/heic", box(b"heic", b"heix", b"mif1")),
    "jpeg": JPEG,
    "jpg": JPEG,
    "m4a": Kind("audio/mp4", box(b"M4A")),
    "mov": Kind("video/quicktime", box(b"qt  ")),
    "mp3": Kind(
        "audio/mpeg",
        begins(b"ID3\x02", b"ID3\x03", b"ID3\x04", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ),
    "mp4": Kind("video/mp4", box(b"iso", b"mp4", b"avc1")),
    "odp": Kind(f"{OPEN}.presentation", opened(b"presentation")),
    "ods": Kind(f"{OPEN}.spreadsheet", opened(b"spreadsheet")),
    "odt": Kind(f"{OPEN}.text", opened(b"text")),
    "pdf": Kind("application/pdf", document),
    "png": Kind("image/png", begins(b"\x89PNG\r\n\x1a\n")),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", office(b"ppt/")),
    "tif": TIFF,
    "tiff": TIFF,
    "txt": Kind("text/plain", text),
    "wav": Kind("audio/wav", begins(b"WAVE", at=8, first=b"RIFF")),
    "webp": Kind("image/webp", begins(b"WEBP", at=8, first=b"RIFF")),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", office(b"xl/")),
    "zip": Kind("application/zip", archive()),
}


def kind_of(types: Iterable[str], head: bytes, tail: bytes) -> str | None:
    """Give which of these types a file is that begins and ends so; None if it is none of them."""
    return next((name for name in types if KINDS[name].test(head, tail)), None)
