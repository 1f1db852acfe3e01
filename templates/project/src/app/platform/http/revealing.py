"""The routes for what lists do not show: masked fields in the clear, and rows by sealed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.http.access import may
from app.platform.http.endpoints import taking
from app.platform.http.replies import cleared, page
from app.platform.listing import PageOfRows
from app.platform.schemas import In, Out, Page
from app.platform.work import unit_of_work

Seek = Callable[..., PageOfRows[Any]]
"""What a service does to find rows by exact values: `find(work, wanted)`."""

Open = Callable[..., Entity]
"""What a service does before masked fields are shown: `unmask(work, id)`."""


def add_find(
    router: APIRouter, policy: Policy, wanted: type[In], item: type[Out], seek: Seek
) -> None:
    """Add the route that finds rows by the exact values of sealed fields.

    It is a POST, because addresses are kept in logs and in browsers.
    """

    def find(request: Request, body: In, **parent: UUID) -> Response:
        """Find by the exact values of sealed fields."""
        with unit_of_work(request) as work:
            return page(work, item, seek(work, *parent.values(), body))

    router.add_api_route(
        "/find",
        taking(find, policy, body=wanted),
        methods=["POST"],
        response_model=Page[item],  # type: ignore[valid-type]
        dependencies=may(f"{policy.table.name}:see"),
    )


def add_unmask(
    router: APIRouter, policy: Policy, asked: type[In], shown: type[In], look: Open
) -> None:
    """Add the route that shows masked fields in the clear; `asked` names them in `fields`."""

    def unmask(request: Request, id: UUID, body: Any, **parent: UUID) -> Response:
        """Show masked fields in the clear; that you looked is recorded."""
        with unit_of_work(request) as work:
            return cleared(work, shown, look(work, *parent.values(), id), body.fields)

    router.add_api_route(
        "/{id:uuid}/unmask",
        taking(unmask, policy, id=UUID, body=asked),
        methods=["POST"],
        response_model=shown,
        dependencies=may(f"{policy.table.name}:unmask"),
    )
