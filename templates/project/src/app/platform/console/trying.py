"""A table between its trial and the real import.

The page of the trial carries it, sealed for its actor, for the record and, of a part, for its whole:
so nothing of it is kept here, no other page takes it in, and what is imported is what was tried,
byte for byte. An upload that waits here would be a second copy of all that stands in it, to be kept
apart, swept, and erased with whoever it is about.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from starlette.datastructures import UploadFile

from app.platform.console.screens import Screen
from app.platform.errors import Invalid, TooLarge
from app.platform.files.uploads import NOT_IN_NAMES
from app.platform.sealed import CannotOpen, keyring
from app.platform.work import UnitOfWork
from app.settings import settings

LONGEST_NAME = 100
LASTS = timedelta(hours=12)
AGAIN = "Choose the file again: this page was not made for you, or for another list."
TOO_OLD = "Choose the file again: it was tried too long ago."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was chosen: what it is called, and what is in it."""

    name: str
    content: bytes

    @classmethod
    def of(cls, file: UploadFile | None) -> Upload:
        """Read what came with a form; raises Invalid without a file, TooLarge for a large one."""
        if file is None:
            raise Invalid("Choose a file first.")
        most = settings().import_limit_bytes
        content = file.file.read(most + 1)
        if len(content) > most:
            raise TooLarge(f"Choose a file of at most {most / 1_000_000:g} MB, or divide it.")
        name = NOT_IN_NAMES.sub(" ", file.filename or "").strip()
        return cls(name[-LONGEST_NAME:], content)


def sealed(work: UnitOfWork, screen: Screen, within: Sequence[UUID], upload: Upload) -> str:
    """Give what the page of a trial carries; it is another text each time."""
    head = json.dumps({"name": upload.name, "at": work.now.isoformat()}).encode()
    plain = zlib.compress(head + b"\n" + upload.content)
    return base64.urlsafe_b64encode(keyring().seal(place(work, screen, within), plain)).decode()


def opened(work: UnitOfWork, screen: Screen, within: Sequence[UUID], text: str) -> Upload:
    """Give what was tried.

    Raises Invalid where it was not tried by this actor, here, lately, or was changed since then.
    """
    try:
        found = keyring().open(place(work, screen, within), base64.urlsafe_b64decode(text.encode()))
    except (CannotOpen, binascii.Error) as error:
        raise Invalid(AGAIN) from error
    head, _, content = zlib.decompress(found).partition(b"\n")
    said = json.loads(head)
    if datetime.fromisoformat(said["at"]) < work.now - LASTS:
        raise Invalid(TOO_OLD)
    return Upload(said["name"], content)


def place(work: UnitOfWork, screen: Screen, within: Sequence[UUID]) -> str:
    """Name what a trial is good for."""
    return ":".join(["import", str(work.actor.id), screen.table, *map(str, within)])
