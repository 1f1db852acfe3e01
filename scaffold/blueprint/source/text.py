"""From bytes to text: the size, the encoding and the characters that a blueprint may have."""

from __future__ import annotations

import re

from scaffold.blueprint.faults import BlueprintError, Fault

LARGEST = 1_000_000
UNREADABLE_CHARACTER = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_BYTE_ORDER_MARK = "\ufeff"


def decode(content: str | bytes, source: str) -> str:
    """The text of a blueprint. Raises BlueprintError if it is too large or not clean UTF-8."""
    if len(content) > LARGEST:
        raise _fatal(
            source,
            "too-large",
            (1, 1),
            f"A blueprint has at most 1 MB; this has {len(content) / LARGEST:.1f} MB.",
            "a blueprint describes records; it does not hold data",
        )
    text = content if isinstance(content, str) else _decoded(content, source)
    text = text.removeprefix(_BYTE_ORDER_MARK)
    wrong = UNREADABLE_CHARACTER.search(text)
    if wrong:
        message = f"The character U+{ord(wrong[0]):04X} may not stand in a blueprint."
        place = _place(text, wrong.start())
        raise _fatal(source, "unreadable-character", place, message, "delete it")
    return text


def _decoded(content: bytes, source: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            raise _encoding(source, (1, 1), f"this is {name}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        found = f"the byte 0x{content[error.start]:02x} is not"
        raise _encoding(source, _place(before, len(before)), found) from None


def _encoding(source: str, place: tuple[int, int], found: str) -> BlueprintError:
    message = f"A blueprint is written in UTF-8; {found}."
    return _fatal(source, "encoding", place, message, "save the file as UTF-8 in your editor")


def _place(text: str, index: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1


def _fatal(
    source: str, code: str, place: tuple[int, int], message: str, hint: str
) -> BlueprintError:
    return BlueprintError([Fault(code, "", place[0], place[1], message, hint)], source)
