"""Removing names: what says who somebody is goes from a row, and the figures stay.

Those are the fields that are labelled, as `personal` or as another kind. One that may be blank becomes
blank. One that may not gets a value that fits its rules and says nothing, another one in each row.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import string
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from app.platform.access import table_of
from app.platform.db import Entity, Session
from app.platform.erasing import forget, let_go
from app.platform.sealed import TYPES, Sealed, blind

ALIKE = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
LONG_AGO = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
DIGITS = 12


class CannotRemove(Exception):
    """The rules of a field leave no room for a value that says nothing."""


def remove_names(session: Session, row: Entity) -> None:
    """Take out of a row, and of what is kept about it elsewhere, what says who somebody is.

    Raises CannotRemove.
    """
    table = table_of(type(row))
    gone = []
    for column in table.columns:
        if column.info.get("labels") and not (column.foreign_keys and not column.nullable):
            gone.append(column.name)
            value = None if column.nullable else neutral(row, column)
            setattr(row, column.name, value)
            if f"{column.name}_digest" in table.c:
                place = f"{table.name}.{column.name}"
                digest = None if value is None else blind(place, value)
                setattr(row, f"{column.name}_digest", digest)
    session.flush()
    let_go(session, [row.id], gone)
    forget(session, [row.id])


def neutral(row: Entity, column: Column[Any]) -> Any:
    """Give a value that fits the rules of a column and says nothing."""
    kind, of = "", column.type.python_type
    if isinstance(column.type, Sealed):
        kind = column.type.kind
        of = dict if kind == "json" else TYPES.get(column.type.kind, str)
    if column.info.get("choices"):
        return column.info["choices"][0]
    if column.info.get("pattern"):
        return scrambled(getattr(row, column.name), column.info["pattern"])
    if of is str:
        email = kind == "email" or "c.Email" in str(type(row).__annotations__[column.name])
        return word(column, email=email)
    return bounded(column, of)


def word(column: Column[Any], *, email: bool) -> str:
    """Give a text that is not too long and not too short; `.invalid` is nobody's (RFC 2606)."""
    drawn = secrets.token_hex(8)
    text = f"removed-{drawn}@removed.invalid" if email else f"removed-{drawn}"
    low, high = column.info.get("min") or 0, column.info.get("max") or len(text)
    return text[-int(high) :].rjust(int(low), "x")


def scrambled(before: str, pattern: str) -> str:
    """Draw each sign anew that the pattern leaves open; raises CannotRemove if that is none."""
    signs = list(before)
    for at, sign in enumerate(before):
        for alike in ALIKE:
            if sign in alike:
                signs[at] = secrets.choice(alike.replace(sign, ""))
        if re.fullmatch(pattern, "".join(signs)) is None:
            signs[at] = sign
    if "".join(signs) == before:
        raise CannotRemove(pattern)
    return "".join(signs)


def bounded(column: Column[Any], of: type[Any]) -> Any:
    """Give a value that is no text, between the bounds of its column."""
    low, high = column.info.get("min"), column.info.get("max")
    if of in (int, Decimal):
        first = int(low or 0)
        last = int(high) if high is not None else first + 10**DIGITS
        return of(
            first + secrets.randbelow(last - first + 1) if column.info.get("unique") else first
        )
    if of in (dt.date, dt.datetime):
        moment = LONG_AGO if low is None else dt.datetime.fromisoformat(str(low))
        return moment if of is dt.datetime else moment.date()
    return EMPTY[of]() if of in EMPTY else {}


EMPTY: dict[type[Any], Any] = {
    bool: bool,
    dt.time: dt.time,
    dt.timedelta: dt.timedelta,
    dict: dict,
    UUID: lambda: UUID(bytes=secrets.token_bytes(16), version=4),
}
