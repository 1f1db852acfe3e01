"""The kinds of columns that records are made of, named as the blueprint names them.

`price: Mapped[c.Money] = c.field("internal", min=0)` declares a column whose value is money, is
shown to whoever may see the record, and is refused below zero by the application and by a CHECK
in the database. The first word is the level of the data; a column without one fails the tests.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Interval,
    LargeBinary,
    Numeric,
    String,
    Uuid,
)
from sqlalchemy import Date as SqlDate
from sqlalchemy import Time as SqlTime
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from app.platform.files.kinds import KINDS
from app.platform.indexes import LONGEST_INDEXED
from app.platform.pointing import ON_DELETE, pointing
from app.platform.sealed import Kind, Sealed, SealedValue

Level = Literal["public", "internal", "confidential", "restricted"]
Label = Literal["personal", "health", "secret", "card"]
IfDeleted = Literal["refuse", "delete_too", "leave_blank"]

MOST_MB = 10
"""How large a file may be where the blueprint does not say."""

NOT_TEXT: dict[Kind, Any] = {"json": JSON, "integer": BigInteger, "yes_no": Boolean}

Text = Annotated[str, mapped_column(String)]
LongText = Annotated[str, mapped_column(String)]
Email = Annotated[str, mapped_column(String)]
Phone = Annotated[str, mapped_column(String)]
Url = Annotated[str, mapped_column(String)]
Number = Annotated[str, mapped_column(String)]
Choice = Annotated[str, mapped_column(String(60))]
Integer = Annotated[int, mapped_column(BigInteger)]
Decimal = Annotated[decimal.Decimal, mapped_column(Numeric)]
Money = Annotated[decimal.Decimal, mapped_column(Numeric(18, 2))]
Percent = Annotated[decimal.Decimal, mapped_column(Numeric(9, 4))]
YesNo = Annotated[bool, mapped_column(Boolean)]
Date = Annotated[dt.date, mapped_column(SqlDate)]
Time = Annotated[dt.time, mapped_column(SqlTime)]
Datetime = Annotated[dt.datetime, mapped_column(DateTime(timezone=True))]
Duration = Annotated[dt.timedelta, mapped_column(Interval)]
Json = Annotated[Any, mapped_column(JSON(none_as_null=True))]
Id = Annotated[UUID, mapped_column(Uuid)]
File = Annotated[UUID, mapped_column(Uuid)]
Digest = Annotated[bytes, mapped_column(LargeBinary)]
Secret = SealedValue


def field(
    level: Level,
    *labels: Label,
    text: bool = False,
    unique: bool = False,
    index: bool = False,
    searchable: bool = False,
    **rules: Any,
) -> MappedColumn[Any]:
    """Declare a column of a record.

    `level` and `labels` say how its data is handled. `rules` are `min` and `max` (of the value, or
    of the length with `text=True`), `pattern` (of the whole text) and `choices`; each becomes a
    CHECK in the database. What migrations have to know are rules too: `was` (the name it had),
    `backfill` (what rows get that have nothing) and `renamed` (choices, by the words they were).
    Rows are found by the words of a `searchable` text; what is not too long sorts by it as well.
    """
    index = index or (searchable and not unique and rules.get("max", 0) <= LONGEST_INDEXED)
    info = {"data": level, "labels": labels, "text": text, "unique": unique, "index": index}
    return mapped_column(info=info | {"searchable": searchable} | rules)


def file(
    level: Level,
    *labels: Label,
    file_types: Sequence[str] = tuple(KINDS),
    max_mb: int = MOST_MB,
    **before: Any,
) -> MappedColumn[Any]:
    """Declare a column that holds a file: its id, while the content lies in the store.

    Its types are told by content; without any it takes all that are known. `before` says `was`.
    """
    info = {"data": level, "labels": labels, "file_types": file_types, "max_mb": max_mb}
    return mapped_column(info=info | before)


def decimal_places(level: Level, *labels: Label, places: int, **rules: Any) -> MappedColumn[Any]:
    """Declare a decimal column with that many places behind the point."""
    info = {"data": level, "labels": labels, **rules}
    return mapped_column(Numeric(16 + places, places), info=info)


@dataclass(frozen=True, slots=True)
class Calculated:
    """A field that is not stored: its expression, its type, and how its value is handled."""

    text: str
    type: TypeEngine[Any]
    level: Level
    labels: tuple[Label, ...]


def calculated(kind: Any, level: Level, *labels: Label, of: str, places: int | None = None) -> Any:
    """Declare a field that is calculated whenever it is read: `of="{quantity} * {price}"`.

    `kind` is one of the kinds above, such as `c.Money`; `app.platform.expressions` says what an
    expression may name. A value that its kind cannot hold is blank.
    """
    stored = get_args(kind)[1].column.type
    type_ = stored if places is None else Numeric(16 + places, places)
    return Calculated(of, type_, level, labels)


def checks(said: Mapping[str, str]) -> Mapping[str, str]:
    """Declare what holds for every row: the message that people see, and an expression."""
    return MappingProxyType(dict(said))


def sealed(
    level: Level,
    *labels: Label,
    kind: Kind,
    file_types: Sequence[str] = tuple(KINDS),
    max_mb: int = MOST_MB,
    **before: Any,
) -> MappedColumn[Any]:
    """Declare a column whose values are encrypted before they reach the database.

    `kind` is the kind of the value inside. It is read with `SealedValue.open`, and that is
    recorded. What the database cannot see it cannot check: rules stand in the schemas alone. Of a
    file, the content is sealed as well. `before` says `was` and `backfill`.
    """
    info: dict[str, Any] = {"data": level, "labels": labels, "sealed": True}
    if kind == "file":
        info |= {"file_types": file_types, "max_mb": max_mb}
    return mapped_column(Sealed(kind), info=info | before)


def digest(of: str, *, unique: bool = False, **before: Any) -> MappedColumn[Any]:
    """Declare the blind index of a sealed column, by which its exact value can be found."""
    info = {"data": "restricted", "digest_of": of, "unique": unique, "index": not unique}
    return mapped_column(LargeBinary, info=info | before)


def relation(
    table: str,
    level: Level = "internal",
    *labels: Label,
    if_deleted: IfDeleted,
    unique: bool = False,
    apart: bool = False,
    **before: Any,
) -> MappedColumn[Any]:
    """Declare a column that points to a row of another table; it may have had a name: `was`."""
    info = {"data": level, "labels": labels, "if_deleted": if_deleted, "unique": unique}
    more = {"index": not unique, **before}
    return pointing(table, ON_DELETE[if_deleted], info | more, apart=apart)


def person(*, apart: bool = False) -> MappedColumn[Any]:
    """Declare the id of a user, which is that of the principal who signs in."""
    info = {"data": "internal", "system": True}
    return pointing("platform_principals", "", info, primary_key=True, apart=apart)


def link(table: str, *, apart: bool = False) -> MappedColumn[Any]:
    """Declare one side of a link table, which holds pairs of rows and nothing else."""
    info = {"data": "internal", "index": False}
    return pointing(table, "CASCADE", info, primary_key=True, apart=apart)


def kind_of(column: Column[Any]) -> Kind | None:
    """Give the kind of a column's values where text is not their form: JSON, counts and yes/no."""
    if isinstance(column.type, Sealed):
        return column.type.kind
    found = (kind for kind, sql in NOT_TEXT.items() if isinstance(column.type, sql))
    return next(found, None)
