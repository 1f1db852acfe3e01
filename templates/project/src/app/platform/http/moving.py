"""The routes of moves: `POST /jobs/{id}/finish` for each move of a record, and their history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import create_model

from app.platform import values as v
from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.http.access import may
from app.platform.http.replies import IfMatch, one, reply
from app.platform.jobs.clock import MAKERS
from app.platform.schemas import HistoryItem, In, Out, Page, PageQuery
from app.platform.work import unit_of_work

LONGEST_ANSWER = 2000

Make = Callable[..., Entity]
"""What a service does for a move: `move(work, id, "finish", answers)`."""


Look = Callable[..., Page[HistoryItem]]
"""What a service does to show the moves that were made: `history(work, id, query)`."""


def add_moves(
    router: APIRouter,
    policy: Policy,
    schema: type[Out],
    make: Make,
    look: Look,
    change: type[In] = In,
) -> None:
    """Add a route for each move that roles make, and one for the history of all.

    The body of a move holds the answers to what it asks, and can bring what it needs, as `change`
    takes it. The clock makes the others in the same way.
    """
    add_history(router, policy, look)
    MAKERS[policy.table.name] = make
    made = {name: move for name, move in policy.workflow.moves.items() if move.by}
    for name, move in made.items():
        answers = answers_to(policy, name, change)
        if move.asks:
            endpoint = answered(name, schema, make, answers)
        elif answers.model_fields:
            endpoint = bringing(name, schema, make, answers)
        else:
            endpoint = unasked(name, schema, make)
        before = " or ".join(move.stages).replace("_", " ")
        router.add_api_route(
            f"/{{id:uuid}}/{name.replace('_', '-')}",
            endpoint,
            methods=["POST"],
            name=f"move_{name}",
            description=f"Move it on: from {before} to {move.to.replace('_', ' ')}.",
            response_model=schema,
            dependencies=may(f"{policy.table.name}:{name}"),
        )


def add_history(router: APIRouter, policy: Policy, look: Look) -> None:
    """Add the route that shows the moves of a record."""

    def history(request: Request, id: UUID, query: Annotated[PageQuery, Query()]) -> Response:
        """Show the moves that were made, the latest first."""
        with unit_of_work(request) as work:
            return reply(look(work, id, query))

    router.add_api_route(
        "/{id:uuid}/history",
        history,
        response_model=Page[HistoryItem],
        dependencies=may(f"{policy.table.name}:see"),
    )


def answers_to(policy: Policy, name: str, change: type[In] = In) -> type[In]:
    """Give the schema of the answers to what a move asks, and of what it needs, which may be there."""
    move, fields = policy.workflow.moves[name], change.model_fields
    asked: dict[str, Any] = {one: (v.Text, v.text(max=LONGEST_ANSWER)) for one in move.asks}
    asked |= {one: (fields[one].annotation, fields[one]) for one in move.needs if one in fields}
    named = "".join(word.capitalize() for word in name.split("_"))
    return create_model(f"{policy.entity.__name__}{named}Answers", __base__=In, **asked)


def bringing(
    name: str, schema: type[Out], make: Make, answers: type[In]
) -> Callable[..., Response]:
    """Give the endpoint of a move that asks nothing, and that may bring what it needs."""

    def endpoint(
        request: Request, id: UUID, body: In | None = None, match: IfMatch = None
    ) -> Response:
        with unit_of_work(request) as work:
            return one(work, schema, make(work, id, name, body))

    endpoint.__annotations__["body"] = answers | None
    return endpoint


def unasked(name: str, schema: type[Out], make: Make) -> Callable[..., Response]:
    """Give the endpoint of a move that asks nothing."""

    def endpoint(request: Request, id: UUID, match: IfMatch = None) -> Response:
        with unit_of_work(request) as work:
            return one(work, schema, make(work, id, name))

    return endpoint


def answered(
    name: str, schema: type[Out], make: Make, answers: type[In]
) -> Callable[..., Response]:
    """Give the endpoint of a move that asks something."""

    def endpoint(request: Request, id: UUID, body: In, match: IfMatch = None) -> Response:
        with unit_of_work(request) as work:
            return one(work, schema, make(work, id, name, body))

    endpoint.__annotations__["body"] = answers
    return endpoint
