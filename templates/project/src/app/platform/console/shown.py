"""Values as pages show them."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from app.platform.console.fields import Field
from app.platform.console.kinds import FILE, Place
from app.platform.console.names import UNSEEN, Names, ids_in
from app.platform.console.screens import HOME, SCREENS, Screen
from app.platform.console.words import label
from app.platform.schemas import Out


class Cell(NamedTuple):
    """One value below its label: its class, its text, where it leads, whether it is kept back."""

    label: str
    look: str
    text: str = ""
    url: str | None = None
    hidden: bool = False
    stage: bool = False


def cell(
    screen: Screen, view: Out, field: Field, names: Names, place: Place, opens: Set[str]
) -> Cell:
    """Give the value of a field of a row as people read it; rows of tables in `opens` are links."""
    kind, value = field.kind, getattr(view, field.name)
    look = "number" if kind.numeric else kind.name
    if field.name in view.hidden_fields:
        return Cell(field.label, look, hidden=True)
    if field.name == "stage":
        return stage_of(screen, value)
    text, url = text_of(field, value, names, place), None
    if text and kind is FILE:
        url = f"/api/v1{screen.url(view).removeprefix(HOME)}/files/{field.name}"
    elif isinstance(value, UUID) and field.target in opens and names[value] != UNSEEN:
        url = url_of(field.target or "", value)
    return Cell(field.label, look, text, url)


def place_of_row(row: Any, place: Place) -> Place:
    """Give where the reader is, with the currency that a row's money is in."""
    return replace(place, currency=place.currency or getattr(row, "currency", None) or "")


def text_of(field: Field, value: Any, names: Names, place: Place) -> str:
    """Write a value for people; nothing, where there is none."""
    if value in (None, "", []):
        return ""
    if field.target is not None:
        return ", ".join(sorted(names[one] for one in ids_in(value)))
    return field.kind.show(value, place)


def stage_of(screen: Screen, stage: str) -> Cell:
    """Give a stage; one that no move leads out of is told apart."""
    goes_on = any(stage in move.stages for move in screen.policy.workflow.moves.values())
    return Cell("Stage", "stage" if goes_on else "stage closed", label(stage), stage=True)


def url_of(table: str, row_id: UUID) -> str | None:
    """Give the address of a row by its id; that of a part takes more than its id."""
    screen = SCREENS[table]
    return None if screen.policy.part_of else f"{screen.home()}/{row_id}"
