"""The start page: what waits for the actor, by the moves that they may make and what is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request, Response

from app.platform.console.names import names_of
from app.platform.console.pages import page
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label, listed
from app.platform.work import UnitOfWork, unit_of_work
from app.platform.workflow import Move

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    """Rows that wait for the actor: which, why, the first of them, and where all are."""

    label: str
    why: str
    url: str
    rows: Sequence[tuple[str, str]]
    more: bool


def start(request: Request) -> Response:
    """Show what waits for the actor."""
    with unit_of_work(request) as work:
        found = [task for screen in SCREENS.values() for task in tasks_of(work, screen)]
        return page(request, "start", work, tasks=found)


def tasks_of(work: UnitOfWork, screen: Screen) -> Iterator[Task]:
    """Give the stages of a record from which the actor may move rows, where there are rows."""
    policy = screen.policy
    if policy.part_of is not None or not policy.granted(work.actor, "see"):
        return
    mine = {name: move for name, move in screen.moves.items() if policy.granted(work.actor, name)}
    stages = dict.fromkeys(stage for move in mine.values() for stage in move.stages)
    for stage in stages:
        moves = {name: move for name, move in mine.items() if stage in move.stages}
        filters = {"stage": stage, **owner_filter(work, screen, list(moves.values()))}
        found = screen.service.browse(work, screen.schema("Query")(limit=SHOWN, **filters))
        if found.rows:
            named = names_of(work, found.rows)
            yield Task(
                f"{label(screen.words.many)}: {label(stage).lower()}",
                f"You may {listed([label(name).lower() for name in moves])}.",
                f"{screen.home()}?{urlencode(filters)}",
                [(named[row.id], screen.url(row)) for row in found.rows],
                found.next is not None,
            )


def owner_filter(work: UnitOfWork, screen: Screen, moves: Sequence[Move]) -> dict[str, str]:
    """Give the filter for the actor's own rows, where all that they may do is for owners alone."""
    name = f"{screen.policy.owner}_id"
    if all(move.only_owner for move in moves) and name in screen.schema("Query").model_fields:
        return {name: str(work.actor.id)}
    return {}
