"""The route of a record's changes: `GET /jobs/{id}/changes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import iter_route_contexts

from app.platform.access import POLICIES, Policy
from app.platform.changes import changes
from app.platform.http.access import may
from app.platform.http.endpoints import taking
from app.platform.http.openapi import rule_of
from app.platform.http.replies import reply
from app.platform.rows import rows_of
from app.platform.schemas import ChangeItem, ChangesQuery, Page
from app.platform.work import unit_of_work


def changes_of(router: APIRouter) -> APIRouter:
    """Give the route of the changes of the record that a router is about."""
    policy = policy_of(router)
    about = APIRouter(prefix=router.prefix, tags=router.tags)
    about.add_api_route(
        "/{id:uuid}/changes",
        shown(policy),
        name="changes",
        description="Show what changed: who changed which field from what to what, latest first.",
        response_model=Page[ChangeItem],
        dependencies=may(f"{policy.table.name}:see"),
    )
    return about


def policy_of(router: APIRouter) -> Policy:
    """Give the policy of the record that a router is about."""
    rule = next(filter(None, map(rule_of, iter_route_contexts(router.routes))))
    return POLICIES[rule.record]


def shown(policy: Policy) -> Callable[..., Response]:
    """Give the endpoint; that of a part takes the id of its parent as well."""

    def endpoint(request: Request, id: UUID, query: ChangesQuery, **within: UUID) -> Response:
        with unit_of_work(request) as work:
            return reply(changes(rows_of(policy, work, *within.values()), id, query))

    return taking(endpoint, policy, id=UUID, query=Annotated[ChangesQuery, Query()])
