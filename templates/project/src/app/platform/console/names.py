"""What rows are called: where one points to others, people read names and no ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.platform.access import POLICIES, Policy
from app.platform.console.fields import Field
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label
from app.platform.db import Entity
from app.platform.rows import rows_of
from app.platform.schemas import Out
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
    known = [names.get(part) if isinstance(part, UUID) else part for part in parts]
    said = dict.fromkeys(str(part) for part in known if part not in (None, "", UNSEEN))
    return " · ".join(said) or f"{label(screen.words.one)} {str(view.id)[-6:]}"


def related(work: UnitOfWork, fields: Iterable[Field], views: Sequence[Any]) -> dict[UUID, str]:
    """Give what everything is called that these rows point to, with one statement a record."""
    pointing = [field for field in fields if field.target is not None]
    return names_in(
        work, [(f.target, ids_in(getattr(view, f.name))) for f in pointing for view in views]
    )


def ids_in(value: Any) -> set[UUID]:
    """Give the ids that a value holds: that of one row, those of several, or none."""
    many = value if isinstance(value, Iterable) else [value]
    return {one for one in many if isinstance(one, UUID)}


def names_in(work: UnitOfWork, pointed: Iterable[tuple[str | None, set[UUID]]]) -> dict[UUID, str]:
    """Give the names of rows of several tables by their ids, with one statement a table."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for table, ids in pointed:
        if table is not None:
            wanted[table] |= ids
    found: dict[UUID, str] = {}
    for table, ids in wanted.items():
        found |= names_by_id(work, table, ids)
    return found


def names_by_id(work: UnitOfWork, table: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give what the rows with these ids are called, as far as the actor may see them."""
    asked = set(ids)
    if not asked:
        return {}
    rows, screen = rows_of(POLICIES[table], work), SCREENS[table]
    if is_open(work, screen.policy):
        fields = screen.named.model_fields.keys() - Out.model_fields.keys()
        told = rows.told(asked, fields)
        known = related(work, screen.naming, told)
        named = {row.id: called(screen, row, known) for row in told}
    else:
        named = names_of(work, rows.some(asked))
    return dict.fromkeys(asked, UNSEEN) | named


def is_open(work: UnitOfWork, policy: Policy) -> bool:
    """Whether what rows are called is hidden from nobody here, and reading it not recorded."""
    kept_back = policy.kept_back(work.actor)
    return policy.shown_as not in kept_back and not policy.reads_recorded
