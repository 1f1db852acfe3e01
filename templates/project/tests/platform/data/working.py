"""Somebody at work, without a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.platform.db import Session
from app.platform.http.access import Access
from app.platform.identity.actor import Actor
from app.platform.schemas import In
from app.platform.work import UnitOfWork
from app.settings import settings
from dev.samples import Samples
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Box, Boxes, Note, Notes, Secret, Secrets, Shelf, Shelves

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
Begin = Callable[..., UnitOfWork]


def begin(session: Session, person: UUID, *roles: str, **more: Any) -> UnitOfWork:
    """Begin work as a person with these roles; `facts` and fields of the work can be given."""
    facts = more.pop("facts", {})
    rule = Access(more.pop("rule", "try_shelves:see"))
    settled: dict[str, Any] = {
        "settings": settings(),
        "now": NOON,
        "reference": "r-1",
        "route": "POST /shelves",
    }
    actor = Actor(person, frozenset(roles), facts)
    return UnitOfWork(session=session, actor=actor, rule=rule, **(settled | more))


def shelf(work: UnitOfWork, label: str = "a shelf", **values: Any) -> Shelf:
    """Add a shelf."""
    rows = Shelves(work)
    return rows.add(rows.build(read(s.ShelfCreate, label=label, **values)))


def box(work: UnitOfWork, on: Shelf, name: str = "a box", **values: Any) -> Box:
    """Add a box to a shelf."""
    rows = Boxes(work, on.id)
    return rows.add(rows.build(read(s.BoxIn, name=name, **values)))


def note(work: UnitOfWork, about: Shelf, words: str = "words") -> Note:
    """Add a note about a shelf."""
    rows = Notes(work)
    return rows.add(rows.build(read(s.NoteIn, shelf_id=about.id, words=words)))


def secret(work: UnitOfWork, name: str = "a secret", **values: Any) -> Secret:
    """Add a secret."""
    rows = Secrets(work)
    return rows.add(rows.build(read(s.SecretIn, name=name, **values)))


def change(work: UnitOfWork, row: Shelf, **values: Any) -> Shelf:
    """Change a shelf in the version that it has."""
    rows = Shelves(named(work, row.version))
    changed = rows.to_change(row.id)
    rows.fill(changed, read(s.ShelfChange, **values))
    return rows.save(changed)


def named(work: UnitOfWork, version: int) -> UnitOfWork:
    """Give the same work with an If-Match."""
    return begin(
        work.session, work.actor.id, *work.actor.roles, facts=work.actor.facts,
        if_match=f'"{version}"',
    )  # fmt: skip


def owned(samples: Samples, row: Shelf) -> None:
    """Give a shelf to whoever is signed in."""
    row.owner_id = samples.person(email="ana@example.com")
    samples.session.commit()


def read(schema: type[In], **values: Any) -> Any:
    """Read values as a request would carry them."""
    return schema.model_validate(values)
