"""The history of a row: its moves and its changes, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.platform.changes import changes
from app.platform.console.kinds import Place, moment
from app.platform.console.names import name_of, names_by_id
from app.platform.console.pages import page, place_of
from app.platform.console.screens import Screen
from app.platform.console.words import label
from app.platform.http.endpoints import taking
from app.platform.rows import rows_of
from app.platform.schemas import ChangeItem, ChangesQuery, HistoryItem, PageQuery
from app.platform.work import UnitOfWork, unit_of_work

DONE = {"add": "Added", "change": "Changed", "archive": "Put into the archive", "erase": "Erased"}
WHOLE = 100


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
    query = ChangesQuery.model_validate(dict(request.query_params))
    found = changes(rows_of(screen.policy, work, *ids[:-1]), row.id, query)
    moves: Sequence[HistoryItem] = []
    if screen.does("history"):
        moves = screen.service.history(work, *ids, PageQuery(limit=WHOLE)).items
    people = names_by_id(work, "users", {one.actor_id for one in found.items if one.actor_id})
    place, made = place_of(request), {move.at: move for move in moves}
    return page(
        request,
        "history",
        work,
        name=name_of(work, row),
        url=screen.url(row),
        events=[event(item, made, people, place) for item in found.items],
        next=found.next,
    )


def event(
    item: ChangeItem, moves: dict[Any, HistoryItem], people: dict[UUID, str], place: Place
) -> Event:
    """Give what people read of a change; one that was a move is called by it."""
    move = moves.get(item.at)
    said = [(label(one.field), told(one)) for one in item.fields if one.field not in UNTOLD]
    if move is not None:
        said = [(label(ask), text) for ask, text in move.answers.items()]
    what = (
        DONE[item.operation]
        if move is None
        else f"{label(move.move)}: {label(move.from_stage)} → {label(move.to_stage)}"
    )
    who = people.get(item.actor_id, "") if item.actor_id else "not by the application"
    return Event(what, moment(item.at, place), who, said)


UNTOLD = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at"}
)


def told(one: Any) -> str:
    """Say what a field was and is."""
    if one.hidden:
        return "changed"
    old, new = ("nothing" if value in (None, "") else str(value) for value in (one.old, one.new))
    return new if old == "nothing" else f"{old} → {new}"
