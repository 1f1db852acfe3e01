"""A blueprint's text, and where it came from."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from scaffold.errors import InputError

LARGEST = 20_000_000
"""Bytes; what is larger is no blueprint, and is not read into memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a blueprint and the name to show for them."""

    content: bytes
    name: str


def read_document(path: Path) -> Document:
    """The blueprint in a file, in a project's folder, or on stdin for `-`."""
    if str(path) == "-":
        return Document(sys.stdin.buffer.read(LARGEST), "stdin")
    place = path / "blueprint.yml" if path.is_dir() else path
    try:
        if place.stat().st_size > LARGEST:
            raise InputError(f"{place} is larger than {LARGEST} bytes; a blueprint is a page.")
        return Document(place.read_bytes(), str(place))
    except FileNotFoundError as error:
        hint = "`scaffold new DIR` makes one with you; examples/ in the repository has four"
        raise InputError(f"There is no blueprint at {place}.", hint) from error
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror}.") from error
