"""Sealed values: encrypted before they reach the database, opened one at a time.

A sealed value is laid out as `version | length of key id | key id | nonce | ciphertext`. It is
bound to its table and column, so a value that is copied into another column does not open. Each
value names its key, so old ones stay readable after a new key was put first.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter
from sqlalchemy import Column, Dialect, LargeBinary, Table
from sqlalchemy.event import listens_for
from sqlalchemy.types import TypeDecorator

from app.settings import settings

Kind = Literal[
    "text", "long_text", "email", "phone", "url", "choice", "integer", "decimal", "money",
    "percent", "yes_no", "date", "time", "datetime", "duration", "json", "uuid", "file",
]  # fmt: skip

TYPES: dict[Kind, Any] = {
    "integer": int,
    "decimal": Decimal,
    "money": Decimal,
    "percent": Decimal,
    "yes_no": bool,
    "date": dt.date,
    "time": dt.time,
    "datetime": dt.datetime,
    "duration": dt.timedelta,
    "json": Any,
    "uuid": UUID,
    "file": UUID,
}
VERSION = b"\x01"
NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed value was changed, moved from another column, or its key is not configured."""


class Keyring:
    """The keys of sealed values, by id; the first one seals, all of them open."""

    def __init__(self, keys: Mapping[str, bytes], index_key: bytes) -> None:
        self._ciphers = {name.encode(): AESGCM(key) for name, key in keys.items()}
        self._current = next(iter(self._ciphers))
        self._index_key = index_key

    def seal(self, place: str, plain: bytes) -> bytes:
        """Encrypt `plain` for `place`, which is `table.column`."""
        nonce = os.urandom(NONCE_BYTES)
        head = VERSION + bytes([len(self._current)]) + self._current
        return head + nonce + self._ciphers[self._current].encrypt(nonce, plain, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what was sealed for `place`; raises CannotOpen."""
        name, rest = self._split(sealed)
        try:
            nonce, text = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
            return self._ciphers[name].decrypt(nonce, text, place.encode())
        except (InvalidTag, KeyError, ValueError) as error:
            raise CannotOpen(f"a value of {place} cannot be opened") from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the value was sealed with the first key; if not, seal it again."""
        return self._split(sealed)[0] == self._current

    def blind(self, place: str, text: str) -> bytes:
        """The digest by which a sealed text is found; case and runs of spaces do not count."""
        plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
        return hmac.digest(self._index_key, f"{place}\0{plain}".encode(), hashlib.sha256)

    @staticmethod
    def _split(sealed: bytes) -> tuple[bytes, bytes]:
        if sealed[:1] != VERSION or len(sealed) < 2:  # noqa: PLR2004
            raise CannotOpen("this is not a sealed value of a known version")
        end = 2 + sealed[1]
        return sealed[2:end], sealed[end:]


class SealedValue:
    """A value as it lies in the database; nothing prints what is inside."""

    __slots__ = ("_kind", "_place", "_sealed")

    def __init__(self, place: str, kind: Kind, sealed: bytes) -> None:
        self._place = place
        self._kind = kind
        self._sealed = sealed

    def open(self) -> Any:
        """The value inside, in its own type; raises CannotOpen. Whoever opens one records it."""
        return _adapter(self._kind).validate_json(keyring().open(self._place, self._sealed))

    def needs_sealing_again(self) -> bool:
        """Whether it was sealed with a key that is not the first one any more."""
        return not keyring().is_current(self._sealed)

    def __repr__(self) -> str:
        return "<sealed>"


class Sealed(TypeDecorator[Any]):
    """A column that takes plain values and gives SealedValue; the database sees bytes."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: Kind = "text", place: str = "") -> None:
        super().__init__()
        self.kind: Kind = kind
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal a plain value; one that came from the database is opened and sealed again."""
        if value is None:
            return None
        plain = value.open() if isinstance(value, SealedValue) else value
        return keyring().seal(self.place, _adapter(self.kind).dump_json(plain))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> SealedValue | None:
        """Keep the value closed."""
        return None if value is None else SealedValue(self.place, self.kind, value)


def blind(place: str, value: Any) -> bytes:
    """The digest of `value` in `place` (`table.column`), to look a sealed value up by."""
    plain = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return keyring().blind(place, plain)


def keyring() -> Keyring:
    """The keyring that the settings name."""
    chosen = settings()
    keys = tuple((name, key.get_secret_value()) for name, key in chosen.sealing_keys.items())
    return _keyring(keys, chosen.blind_index_key.get_secret_value())


@lru_cache(maxsize=1)
def _keyring(keys: tuple[tuple[str, str], ...], index_key: str) -> Keyring:
    plain = {name: base64.b64decode(key) for name, key in keys}
    return Keyring(plain, base64.b64decode(index_key))


@cache
def _adapter(kind: Kind) -> TypeAdapter[Any]:
    return TypeAdapter(TYPES.get(kind, str))


@listens_for(Column, "after_parent_attach")
def _place(column: Column[Any], table: object) -> None:
    if isinstance(table, Table) and isinstance(column.type, Sealed):
        column.type = Sealed(column.type.kind, f"{table.name}.{column.name}")
