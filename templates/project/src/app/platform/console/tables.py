"""Rows of one record below each other, each in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.platform.blueprint import CURRENCY
from app.platform.console.fields import Field
from app.platform.console.kinds import Place
from app.platform.console.names import called, openable, related
from app.platform.console.screens import Screen
from app.platform.console.shown import Cell, cell, place_of_row
from app.platform.db import Entity
from app.platform.views import views
from app.platform.work import UnitOfWork

LONG = ("textarea", "file")
COLUMNS = 8
"""How many fields a table shows: the first ones that are short enough to be read in a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` is the address that sorts by it, if one may."""

    field: Field
    sort: str = ""
    sorted: str = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is called, where it is, and its cells."""

    name: str
    url: str
    cells: Sequence[Cell]


def columns_of(screen: Screen, work: UnitOfWork) -> list[Field]:
    """Give the fields that a table shows to the actor."""
    hidden = screen.policy.kept_back(work.actor)
    told = hidden | told_elsewhere(screen)
    return [f for f in screen.listed if f.name not in told and f.kind.control not in LONG][:COLUMNS]


def told_elsewhere(screen: Screen) -> set[str]:
    """Give the fields that are said otherwise: by a row's name, by its whole, and by its amounts."""
    pays = any(field.kind.name == "money" for field in screen.shown)
    return {
        *{"number", screen.policy.shown_as},
        *({f"{screen.policy.part_of}_id"} if screen.policy.part_of else ()),
        *({"currency"} if pays and not CURRENCY else ()),
    }


def lines_of(
    work: UnitOfWork,
    screen: Screen,
    fields: Sequence[Field],
    rows: Sequence[Entity],
    place: Place,
) -> list[Line]:
    """Give the lines of a table; how many statements that takes does not grow with the rows."""
    schema = screen.schema("Item")
    seen, own = views(work, schema, rows), "currency" in schema.model_fields
    others, opens = related(work, [*fields, *screen.naming], seen), openable(work, fields)
    return [
        Line(
            called(screen, view, others),
            screen.url(row),
            [cell(screen, view, f, others, here, opens) for f in fields],
        )
        for row, view in zip(rows, seen, strict=True)
        for here in [place_of_row(view, place) if own else place]
    ]
