"""What rows are called: where one points to others, people read names and no ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from app.platform.access import POLICIES
from app.platform.console.fields import Field
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label
from app.platform.db import Entity
from app.platform.naming import is_plain, known_by
from app.platform.rows import rows_of
from app.platform.views import views
from app.platform.work import UnitOfWork

UNSEEN = "not for you to see"

Names = Mapping[UUID, str]


def name_of(work: UnitOfWork, row: Entity) -> str:
    """Give what a row is called."""
    return names_of(work, [row])[row.id]


def names_of(work: UnitOfWork, rows: Sequence[Entity]) -> dict[UUID, str]:
    """Give what rows of one record are called; masked names only to those who may read them."""
    if not rows:
        return {}
    screen = SCREENS[rows[0].__tablename__]
    seen = views(work, screen.named, rows)
    known = related(work, screen.naming, seen)
    return {view.id: called(screen, view, known) for view in seen}


def called(screen: Screen, view: Any, names: Names) -> str:
    """Give what a row is called: its number, if it has one, and the field it is known by.

    `names` says what rows are called that the field points to.
    """
    parts = (getattr(view, name, None) for name in ("number", screen.policy.shown_as))
    return spelled(screen, view.id, [names.get(p) if isinstance(p, UUID) else p for p in parts])


def spelled(screen: Screen, row_id: UUID, parts: Iterable[Any]) -> str:
    """Give what a row is called by its parts that are known, or by the end of its id."""
    said = dict.fromkeys(str(part) for part in parts if part not in (None, "", UNSEEN))
    return " · ".join(said) or f"{label(screen.words.one)} {str(row_id)[-6:]}"


def related(work: UnitOfWork, fields: Iterable[Field], views: Sequence[Any]) -> dict[UUID, str]:
    """Give what everything is called that these rows point to, with one statement a record."""
    pointing = [field for field in fields if field.target is not None]
    return names_in(
        work, [(f.target, ids_in(getattr(view, f.name))) for f in pointing for view in views]
    )


def openable(work: UnitOfWork, fields: Iterable[Field]) -> frozenset[str]:
    """Give the tables that fields point to and of which the actor may open rows."""
    targets = {field.target for field in fields if field.target is not None}
    return frozenset(t for t in targets if POLICIES[t].granted(work.actor, "see"))


def ids_in(value: Any) -> set[UUID]:
    """Give the ids that a value holds: that of one row, those of several, or none."""
    many = value if isinstance(value, Iterable) else [value]
    return {one for one in many if isinstance(one, UUID)}


def names_by_id(work: UnitOfWork, table: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give what the rows with these ids are called, as far as the actor may see them."""
    return names_in(work, [(table, set(ids))])


def names_in(work: UnitOfWork, pointed: Iterable[tuple[str | None, set[UUID]]]) -> dict[UUID, str]:
    """Give the names of rows of several tables by their ids, those that are open in one statement."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for table, ids in pointed:
        if table is not None and ids:
            wanted[table] |= ids
    found = dict.fromkeys(chain.from_iterable(wanted.values()), UNSEEN)
    openly = {table for table in wanted if is_open(work, SCREENS[table])}
    found |= read_at_once(work, {table: wanted[table] for table in openly})
    for table in wanted.keys() - openly:
        found |= names_of(work, rows_of(POLICIES[table], work).some(wanted[table]))
    return found


def is_open(work: UnitOfWork, screen: Screen) -> bool:
    """Whether what rows are called is hidden from nobody here, read unrecorded, and plain text."""
    policy = screen.policy
    kept_back = policy.kept_back(work.actor)
    return is_plain(policy) and policy.shown_as not in kept_back and not policy.reads_recorded


def read_at_once(work: UnitOfWork, wanted: Mapping[str, set[UUID]]) -> dict[UUID, str]:
    """Give the names of rows of several tables, past their other columns, in one statement."""
    if not wanted:
        return {}
    told = known_by(work, wanted)
    targets = {table: [field.target for field in SCREENS[table].naming] for table in wanted}
    names = names_in(work, [(to, ids_in(row.other)) for row in told for to in targets[row.table]])
    return {
        row.id: spelled(SCREENS[row.table], row.id, [row.number, row.text, names.get(row.other)])
        for row in told
    }
