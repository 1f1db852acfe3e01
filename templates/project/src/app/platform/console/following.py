"""What points to a row: the lists of it, and the forms that add more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.platform.console.fields import Field
from app.platform.console.kinds import MANY
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label
from app.platform.db import Entity
from app.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Following:
    """A record that points to a row: where those rows are, and where one is added."""

    label: str
    url: str
    add: str
    add_url: str


def following(work: UnitOfWork, screen: Screen, row: Entity) -> list[Following]:
    """Give the records that point to a row, as far as the actor may list or add them."""
    found = [link(work, screen, other, field, row) for other, field in pointing(screen)]
    return [one for one in found if one.url or one.add_url]


def pointing(screen: Screen) -> Iterator[tuple[Screen, Field]]:
    """Give the fields of whole records that point to rows of a record, one row each."""
    for other in SCREENS.values():
        if other.policy.part_of is None and other.does("add"):
            for field in other.added:
                if field.target == screen.table and field.kind is not MANY:
                    yield other, field


def link(work: UnitOfWork, screen: Screen, other: Screen, field: Field, row: Entity) -> Following:
    """Give the links to what points to a row by one field."""
    named = field.label.lower() == screen.words.one.lower()
    as_what = "" if named else f" ({field.label.lower()})"
    asked, granted = f"?{field.name}={row.id}", other.policy.granted
    listed = field.name in other.schema("Query").model_fields and granted(work.actor, "see")
    return Following(
        f"{label(other.words.many)}{as_what}",
        f"{other.home()}{asked}" if listed else "",
        f"Add {other.words.one}{as_what}",
        f"{other.home()}/new{asked}" if granted(work.actor, "add") else "",
    )
