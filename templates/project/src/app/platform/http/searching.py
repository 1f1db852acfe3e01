"""The route that searches: `POST /jobs/search`, with the filters and the order of the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameters

from app.platform.access import Policy
from app.platform.http.access import may
from app.platform.http.endpoints import taking
from app.platform.http.replies import page
from app.platform.listing import PageOfRows
from app.platform.schemas import Out, Page, Query, Search, looking_for
from app.platform.work import unit_of_work

Browse = Callable[..., PageOfRows[Any]]
"""What a service does to list rows: `browse(work, query)`."""


def add_search(
    router: APIRouter, policy: Policy, asked: type[Query], item: type[Out], browse: Browse
) -> None:
    """Add the route that finds rows by words in their searchable fields, and by their number.

    It is a POST, because addresses are kept in logs and in browsers.
    """

    def search(request: Request, query: Query, body: Search, **parent: UUID) -> Response:
        """Find by words, and list what you may see of it."""
        with unit_of_work(request) as work:
            return page(work, item, browse(work, *parent.values(), looking_for(query, body.words)))

    router.add_api_route(
        "/search",
        taking(search, policy, query=Annotated[asked, QueryParameters()], body=Search),
        methods=["POST"],
        response_model=Page[item],  # type: ignore[valid-type]
        dependencies=may(f"{policy.table.name}:see"),
    )
