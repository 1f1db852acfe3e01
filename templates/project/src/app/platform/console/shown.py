"""Values as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.platform.console.fields import Field
from app.platform.console.kinds import Place
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label
from app.platform.schemas import Out


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its text, where it leads, how it is set, and whether it is kept back."""

    text: str
    kind: str
    url: str | None = None
    hidden: bool = False
    numeric: bool = False


def cell(screen: Screen, view: Out, field: Field, names: Mapping[UUID, str], place: Place) -> Cell:
    """Give the value of a field of a row as people read it."""
    kind, value = field.kind.name, getattr(view, field.name)
    if field.name in view.hidden_fields:
        return Cell("", kind, hidden=True)
    if value is None or value == "":
        return Cell("", kind)
    if kind == "choice":
        return Cell(label(value), kind)
    if kind == "file":
        return Cell(
            "Download",
            kind,
            f"/api/v1{screen.path.removeprefix('/records')}/{view.id}/files/{field.name}",
        )
    if field.target is not None:
        return _related(field, value, names)
    return Cell(field.kind.show(value, place), kind, numeric=field.kind.numeric)


def _related(field: Field, value: Any, names: Mapping[UUID, str]) -> Cell:
    if isinstance(value, UUID):
        return Cell(names[value], field.kind.name, url_of(field.target or "", value))
    many: Iterable[UUID] = value
    return Cell(", ".join(names[one] for one in many), field.kind.name)


def url_of(table: str, row_id: UUID) -> str | None:
    """Give the address of a row by its id; that of a part takes more than its id."""
    screen = SCREENS[table]
    return None if screen.policy.part_of else f"{screen.home()}/{row_id}"
