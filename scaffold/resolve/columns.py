"""How a field stands in `models.py` and in the first migration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scaffold.blueprint.models import Field, JsonValue
from scaffold.resolve.bounds import Rules, plain_duration
from scaffold.resolve.constraints import fitting
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.layout import call, literal, quoted, texts
from scaffold.resolve.listed import is_indexable, is_listed, is_timely

NUMERIC_DIGITS = 16
MOMENTS = ("today", "now")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its line in the model, its line in the migration, and what hangs on it."""

    name: str
    model: str
    migration: str
    checks: tuple[tuple[str, str], ...] = ()
    unique: bool = False
    index: bool = False
    listed: bool = False
    timely: bool = False
    optional: bool = False
    searchable: bool = False
    target: str | None = None
    on_delete: str = ""
    apart: bool = False

    def as_json(self) -> dict[str, Any]:
        """The column as record templates read it."""
        return {
            "name": self.name,
            "model": self.model,
            "migration": self.migration,
            "target": self.target,
            "on_delete": self.on_delete,
        }


ON_DELETE = {"refuse": "RESTRICT", "delete_too": "CASCADE", "leave_blank": "SET NULL"}


def columns_of(
    item: Field, *, indexed: bool, target: str | None = None, apart: bool = False
) -> Iterator[Column]:
    """The columns of one field: one, none for `many`, two for a sealed one that can be found."""
    if item.type == "record":
        if not item.many:
            yield relation(item.name, target or "", item, apart=apart)
    elif item.sealed:
        yield from _sealed(item)
    else:
        yield plain(item, indexed=indexed)


def relation(name: str, target: str, item: Field, *, apart: bool = False) -> Column:
    """The column that points to a row of another table; `apart`, of the same customer."""
    optional = item.optional
    said = levels(item) if levels(item) != [quoted("internal")] else []  # it is so by itself
    arguments = [quoted(target), *said, f'if_deleted="{item.if_deleted}"']
    arguments += history(item, "_id")
    arguments += ["unique=True"] * item.unique + ["apart=True"] * apart
    return Column(
        name=f"{name}_id",
        model=_declared(f"{name}_id", "c.Id", "c.relation(", arguments, optional=optional),
        migration=migrated(f"{name}_id", "sa.Uuid()", nullable=optional),
        unique=item.unique,
        index=not item.unique,
        target=target,
        on_delete=ON_DELETE[item.if_deleted],
        apart=apart,
    )


def plain(item: Field, *, indexed: bool) -> Column:
    """The column of a value."""
    kind = KINDS[item.type]
    optional = item.optional
    rules = Rules.of(item)
    arguments = [*levels(item), *rules.arguments()]
    unique = item.unique
    listed = is_listed(item)
    index = indexed and not (unique or listed) and is_indexable(item)
    arguments += ["unique=True"] * unique + ["index=True"] * (index and not item.searchable)
    arguments += ["searchable=True"] * item.searchable + history(item)
    head, sql = "c.file(" if item.type == "file" else "c.field(", kind.sql
    arguments += _files(item)
    if item.type == "decimal":
        places = item.places if item.places is not None else 2
        head, sql = (
            "c.decimal_places(",
            kind.sql.format(digits=NUMERIC_DIGITS + places, places=places),
        )
        arguments.insert(len(levels(item)), f"places={places}")
    return Column(
        name=item.name,
        model=_declared(item.name, f"c.{kind.column}", head, arguments, optional=optional),
        migration=migrated(item.name, sql, nullable=optional),
        checks=tuple(rules.checks(item.name)),
        unique=unique,
        index=index,
        listed=listed,
        timely=is_timely(item),
        optional=optional,
        searchable=item.searchable,
    )


def _sealed(item: Field) -> Iterator[Column]:
    yield Column(
        name=item.name,
        model=_declared(
            item.name,
            "c.Secret",
            "c.sealed(",
            [*levels(item), f'kind="{item.type}"', *_files(item), *history(item)],
            optional=item.optional,
        ),
        migration=migrated(item.name, "sa.LargeBinary()", nullable=item.optional),
    )
    if item.find_exact:
        name = f"{item.name}_digest"
        was = [f'was="{item.was}_digest"'] if item.was else []
        arguments = [quoted(item.name), *["unique=True"] * item.unique, *was]
        yield Column(
            name=name,
            model=_declared(name, "c.Digest", "c.digest(", arguments, optional=item.optional),
            migration=migrated(name, "sa.LargeBinary()", nullable=item.optional),
            unique=item.unique,
            index=not item.unique,
        )


def stored(item: Field) -> str:
    """The column in which a field's value can be compared: that of a sealed one is its digest."""
    if item.type == "record":
        return f"{item.name}_id"
    return f"{item.name}_digest" if item.sealed else item.name


def migrated(name: str, sql: str, *, nullable: bool) -> str:
    """A column's line in the migration."""
    arguments = [quoted(name), sql, f"nullable={nullable}"]
    return call("sa.Column(", arguments, "),", indent=2)


def unique_name(table: str, columns: tuple[str, ...]) -> str:
    """The name of a unique constraint."""
    return fitting("uq", table, *columns)


def history(item: Field, ending: str = "") -> list[str]:
    """What a migration has to know: the name it had, what empty rows get, words that changed."""
    found = [f"was={quoted(item.was + ending)}"] if item.was else []
    value = item.backfill
    if value is None and item.default in MOMENTS and item.type in ("date", "datetime"):
        value = item.default
    if value is not None:
        found.append(f"backfill={literal(_plain(item, value), indent=2, before='backfill=')}")
    if item.renamed:
        pairs = [f"{quoted(old)}: {quoted(new)}" for old, new in item.renamed]
        found.append(call("renamed={", pairs, "}", indent=2, after=","))
    return found


def _plain(item: Field, value: JsonValue) -> JsonValue:
    return plain_duration(str(value)) if item.type == "duration" else value


def _declared(name: str, kind: str, head: str, arguments: list[str], *, optional: bool) -> str:
    hint = f"{kind} | None" if optional else kind
    return call(f"{name}: Mapped[{hint}] = {head}", arguments, indent=1)


def _files(item: Field) -> list[str]:
    """What a field of files says about them."""
    if item.type != "file":
        return []
    types = [texts(item.file_types, indent=2, head="file_types=[")] * bool(item.file_types)
    return types + [f"max_mb={item.max_mb}"] * bool(item.max_mb)


def levels(item: Field) -> list[str]:
    """How a field is handled, as arguments."""
    return [quoted(item.level.value), *(quoted(kind.value) for kind in item.kinds)]
