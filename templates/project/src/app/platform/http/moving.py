"""The routes of moves: `POST /jobs/{id}/finish` for each move of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import create_model

from app.platform import values as v
from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.http.access import may
from app.platform.http.replies import IfMatch, one
from app.platform.schemas import In, Out
from app.platform.work import unit_of_work

LONGEST_ANSWER = 2000

Make = Callable[..., Entity]
"""What a service does for a move: `move(work, id, "finish", answers)`."""


def add_moves(router: APIRouter, policy: Policy, schema: type[Out], make: Make) -> None:
    """Add a route for each move of the policy; its body holds the answers to what it asks."""
    for name, move in policy.workflow.moves.items():
        if move.asks:
            endpoint = answered(name, schema, make, answers_to(policy, name))
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


def answers_to(policy: Policy, name: str) -> type[In]:
    """Give the schema of the answers to what a move asks."""
    asked: dict[str, Any] = {
        question: (v.Text, v.text(max=LONGEST_ANSWER))
        for question in policy.workflow.moves[name].asks
    }
    named = "".join(word.capitalize() for word in name.split("_"))
    return create_model(f"{policy.entity.__name__}{named}Answers", __base__=In, **asked)


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
