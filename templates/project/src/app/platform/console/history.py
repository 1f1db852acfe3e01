"""The history of a row: its moves and its changes, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from pydantic import TypeAdapter, ValidationError

from app.platform.changes import changes
from app.platform.console.fields import Field
from app.platform.console.forms import checked
from app.platform.console.kinds import MANY, Place, moment
from app.platform.console.names import Names, ids_in, name_of, names_by_id, names_in
from app.platform.console.pages import page, place_of
from app.platform.console.screens import Screen
from app.platform.console.shown import text_of
from app.platform.console.words import label
from app.platform.http.endpoints import taking
from app.platform.rows import rows_of
from app.platform.schemas import ChangedField, ChangeItem, ChangesQuery, HistoryItem, PageQuery
from app.platform.work import UnitOfWork, unit_of_work

DONE = {"add": "Added", "change": "Changed", "archive": "Put into the archive", "erase": "Erased"}
WHOLE = 100
UNTOLD = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one field was and is. Without `field`, nobody knows any more how to read the values."""

    name: str
    hidden: bool
    old: Any
    new: Any
    field: Field | None = None

    def told(self, names: Names, place: Place) -> str:
        """Say it as people read it."""
        if self.hidden:
            return "changed"
        old, new = (self._text(value, names, place) for value in (self.old, self.new))
        return f"{old} → {new or 'nothing'}" if old else new

    def _text(self, value: Any, names: Names, place: Place) -> str:
        if self.field is None:
            return "" if value is None else str(value)
        return text_of(self.field, value, names, place)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a row."""

    what: str
    at: str
    who: str
    details: Sequence[tuple[str, str]]


def past(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of a row's history."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            return answer(request, work, screen, [*parent.values(), id])

    return taking(endpoint, screen.policy, id=UUID)


def answer(request: Request, work: UnitOfWork, screen: Screen, ids: list[UUID]) -> Response:
    """Answer with a page of what happened."""
    row = screen.service.see(work, *ids)
    query = checked(ChangesQuery, {"after": request.query_params.get("after") or None})
    found = changes(rows_of(screen.policy, work, *ids[:-1]), row.id, query)
    moves: Sequence[HistoryItem] = []
    if screen.does("history"):
        moves = screen.service.history(work, *ids, PageQuery(limit=WHOLE)).items
    return page(
        request,
        "history",
        work,
        screen=screen,
        name=name_of(work, row),
        url=screen.url(row),
        events=events_of(work, screen, found.items, moves, place_of(request)),
        next=found.next,
    )


def events_of(
    work: UnitOfWork,
    screen: Screen,
    items: Sequence[ChangeItem],
    moves: Sequence[HistoryItem],
    place: Place,
) -> list[Event]:
    """Give what people read of changes; one that was a move is called by it."""
    told = [[entry_of(screen, one) for one in item.fields] for item in items]
    entries = [entry for some in told for entry in some if entry.field is not None]
    names = names_in(
        work,
        [(e.field.target, ids_in(e.old) | ids_in(e.new)) for e in entries if e.field],
    )
    people = names_by_id(work, "users", {one.actor_id for one in items if one.actor_id})
    return [
        Event(
            what(item, move),
            moment(item.at, place),
            people[item.actor_id] if item.actor_id else "not by the application",
            details(some, move, names, place),
        )
        for item, some in zip(items, told, strict=True)
        for move in [move_behind(item, moves)]
    ]


def move_behind(item: ChangeItem, moves: Sequence[HistoryItem]) -> HistoryItem | None:
    """Give the move that a change of the stage came from: the nearest in time of those that fit."""
    stages = [(one.old, one.new) for one in item.fields if one.field == "stage"]
    fitting = [move for move in moves if (move.from_stage, move.to_stage) in stages]
    return min(fitting, key=lambda move: abs(move.at - item.at), default=None)


def what(item: ChangeItem, move: HistoryItem | None) -> str:
    """Say what was done."""
    if move is None:
        return DONE[item.operation]
    return f"{label(move.move)}: {label(move.from_stage)} → {label(move.to_stage)}"


def details(
    entries: Sequence[Entry], move: HistoryItem | None, names: Names, place: Place
) -> list[tuple[str, str]]:
    """Give what was answered to a move; of a change, its fields."""
    if move is not None:
        return [(label(ask), text) for ask, text in move.answers.items()]
    told = [(label(one.name), one.told(names, place)) for one in entries if one.name not in UNTOLD]
    return [(name, text) for name, text in told if text]


def whole(field: Field, value: Any) -> Any:
    """Give a value as its field has it: of several rows, one came or went."""
    return [value] if field.kind is MANY and isinstance(value, str) else value


def entry_of(screen: Screen, one: ChangedField) -> Entry:
    """Read what a field was and is, as its kind of values is read today."""
    known = {field.name: field for field in screen.shown}
    if one.hidden or one.field not in known:
        return Entry(one.field, one.hidden, one.old, one.new)
    read = TypeAdapter(screen.schema("Out").model_fields[one.field].rebuild_annotation())
    try:
        old, new = (
            None if value is None else read.validate_python(whole(known[one.field], value))
            for value in (one.old, one.new)
        )
    except ValidationError:
        return Entry(one.field, one.hidden, one.old, one.new)
    return Entry(one.field, one.hidden, old, new, known[one.field])
