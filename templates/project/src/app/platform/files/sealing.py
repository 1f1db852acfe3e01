"""Content of restricted files, sealed piece by piece.

Each piece is bound to its file, its place and whether it is the last: none can be left out, put
elsewhere or taken over from another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from app.platform.sealed import CannotOpen, keyring

LENGTH = 4


def place_of(file_id: UUID, at: int, *, last: bool) -> str:
    """Name what a piece is bound to."""
    return f"platform_files.{file_id}.{at}.{'last' if last else 'more'}"


def seal(file_id: UUID, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Seal content, each piece behind its length."""
    at, held = 0, b""
    for at, piece in enumerate(pieces):
        if at:
            yield _with_length(keyring().seal(place_of(file_id, at - 1, last=False), held))
        held = piece
    yield _with_length(keyring().seal(place_of(file_id, at, last=True), held))


def unseal(file_id: UUID, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Open sealed content piece by piece; raises CannotOpen where it is not as it was sealed."""
    at, held = 0, None
    for sealed in _apart(pieces):
        if held is not None:
            yield keyring().open(place_of(file_id, at, last=False), held)
            at += 1
        held = sealed
    yield keyring().open(place_of(file_id, at, last=True), held or b"")


def _apart(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Part what was read at will into the pieces that were sealed."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= LENGTH:
            end = LENGTH + int.from_bytes(buffer[:LENGTH])
            if len(buffer) < end:
                break
            yield bytes(buffer[LENGTH:end])
            del buffer[:end]
    if buffer:
        raise CannotOpen("the content of a file ends in the middle of a piece")


def _with_length(sealed: bytes) -> bytes:
    return len(sealed).to_bytes(LENGTH) + sealed
