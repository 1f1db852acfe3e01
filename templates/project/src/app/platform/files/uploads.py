"""Taking in a file: what it is, how large it may be, and keeping its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote

from sqlalchemy import Column

from app.platform.apart import customer_of
from app.platform.db import new_id
from app.platform.errors import Invalid
from app.platform.files import store
from app.platform.files.kinds import ENDS, KINDS, kind_of
from app.platform.files.models import StoredFile
from app.platform.files.sealing import seal
from app.platform.sealed import Sealed
from app.platform.work import UnitOfWork

MEGABYTE = 1_000_000
NAME = re.compile(r"[!-~]{1,600}")
NOT_IN_NAMES = re.compile(
    r"""[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"""
)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class FileField:
    """A field that holds files: which types, how large at most, and whether they are sealed."""

    record: str
    name: str
    types: tuple[str, ...]
    most: int
    sealed: bool

    @classmethod
    def of(cls, column: Column[Any]) -> FileField:
        """Read what the column of a record says."""
        most = column.info["max_mb"] * MEGABYTE
        sealed = isinstance(column.type, Sealed)
        return cls(column.table.name, column.name, tuple(column.info["file_types"]), most, sealed)

    @property
    def media_types(self) -> list[str]:
        """What files of the field are called on the web."""
        return list(dict.fromkeys(KINDS[name].media_type for name in self.types))


def kept(field: FileField, content: IO[bytes], said: str | None) -> StoredFile:
    """Keep content in the store, and give what is to be noted of it; `said` is the sender's name.

    Raises Invalid where it is empty, or not of a type that the field takes.
    """
    size, kind = content.seek(0, 2), told(field, content)
    file = StoredFile(
        id=new_id(),
        record=field.record,
        field=field.name,
        name=name_of(field, kind, said),
        media_type=KINDS[kind].media_type,
        size=size,
        sha256=None if field.sealed else digest(content),
        store_key=store.new_key(),
        sealed=field.sealed,
        tenant__id=customer_of(field.record),
    )
    pieces = pieces_of(content)
    store.put(file.store_key, seal(file.id, pieces) if field.sealed else pieces)
    return file


def noted(work: UnitOfWork, file: StoredFile) -> StoredFile:
    """Note a file whose content is kept; until a row takes it, it is the actor's."""
    file.uploaded_by, file.uploaded_at = work.actor.id, work.now
    work.session.add(file)
    work.session.flush()
    return file


def told(field: FileField, content: IO[bytes]) -> str:
    """Tell the type of content by its beginning and its end; raises Invalid."""
    end = content.seek(0, 2)
    content.seek(max(0, end - ENDS))
    tail = content.read(ENDS)
    content.seek(0)
    kind = kind_of(field.types, content.read(ENDS), tail) if end else None
    if kind is None:
        wanted = ", ".join(field.types)
        raise Invalid(f"Send a file whose content is one of: {wanted}.", code="wrong_type")
    return kind


def name_of(field: FileField, kind: str, said: str | None) -> str:
    """Give the name under which a file is given back; that of a sealed one would tell of it."""
    if said is not None and not NAME.fullmatch(said):
        raise Invalid("File-Name is a name in percent-encoded UTF-8, at most 600 characters long.")
    stem = NOT_IN_NAMES.sub(" ", unquote(said or "")).strip(" .")
    stem = stem.rpartition(".")[0] or stem
    if not stem or field.sealed:
        stem = field.name
    return f"{stem[: LONGEST_NAME - 8]}.{kind}"


def digest(content: IO[bytes]) -> str:
    """Give the SHA-256 of content."""
    found = hashlib.sha256()
    for piece in pieces_of(content):
        found.update(piece)
    return found.hexdigest()


def pieces_of(content: IO[bytes]) -> Iterator[bytes]:
    """Give content piece by piece, from its beginning."""
    content.seek(0)
    while piece := content.read(store.PIECE):
        yield piece
