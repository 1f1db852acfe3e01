"""Every route has an access rule that holds, and no address tells anything about anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import APIRouter, Depends
from fastapi.routing import RouteContext
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Table

from app import main
from app.platform.access import POLICIES, VERBS
from app.platform.db import Base, new_id
from app.platform.http.access import Access
from app.platform.http.openapi import rule_of
from app.platform.http.routes import Routes
from app.platform.http.shell import Shell
from tests.calling import Shared

OPEN = (Access.PUBLIC, Access.SIGNED_IN)
FOR_EVERYBODY = {
    "/health/live",
    "/health/ready",
    "/api/v1/session",
    "/api/v1/invitations/accept",
    "/api/v1/session/password",
    "/assets/{digest}/{name}",
    "/sign-in",
    "/sign-in/start",
    "/sign-in/back",
    "/sign-in/ended",
    "/sign-out",
    "/invitation",
    "/invitation/company",
    "/password",
    "/",
    "/favicon.ico",
}
"""What may be public, or open to whoever is signed in; add yours here with a reason."""


@pytest.fixture
def shell(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """An application of the test's own, without records, to plant faults in."""
    monkeypatch.setattr(main, "ROUTERS", ())
    with Shared(connection).under(main.create_app()) as shell:
        yield shell


def plant(shell: Shell, path: str, *rules: Access) -> None:
    """Add a route that answers whoever asks."""
    router = APIRouter()

    @router.get(path, dependencies=[Depends(rule) for rule in rules])
    def answer() -> dict[str, str]:
        return {"secret": "told"}

    shell.api.include_router(router)


def without_rule(shell: Shell) -> list[str]:
    """Name the routes without a rule, or with one that no policy can answer."""
    return [named(route) for route in Routes(shell.api) if not is_ruled(route)]


def is_ruled(route: RouteContext) -> bool:
    """Whether the route has a rule that means something."""
    rule = rule_of(route)
    if rule is None or rule in OPEN:
        return rule is not None and route.path in FOR_EVERYBODY
    policy = POLICIES.get(rule.record)
    return policy is not None and set(rule.verbs) <= VERBS | policy.workflow.moves.keys()


def named(route: RouteContext) -> str:
    """Name a route."""
    return f"{' '.join(sorted(route.methods or ()))} {route.path}"


def answering_strangers(shell: Shell, client: TestClient) -> list[str]:
    """Name the routes that answer somebody who is not signed in, though they are not public."""
    return [
        f"{method} {route.path}"
        for route in Routes(shell.api)
        if rule_of(route) is not Access.PUBLIC
        for method in sorted(route.methods or ())
        if client.request(method, filled(route), json={}).is_success
    ]


def filled(route: RouteContext) -> str:
    """Give an address of the route."""
    pieces = str(route.path).split("/")
    return "/".join(str(new_id()) if piece.startswith("{") else piece for piece in pieces)


def telling(shell: Shell) -> Iterator[str]:
    """Name the parameters of addresses that hold what is personal or masked (ASVS 14.2.1)."""
    rules = {route.path_format: rule_of(route) for route in Routes(shell.api)}
    for path, operations in shell.api.openapi()["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] in ("path", "query"):
                    name = parameter["name"].partition("__")[0]
                    if name in sensitive(rules[path]):
                        yield f"{method} {path} {parameter['name']}"
            if sorts := sorted_by(operation) & sensitive(rules[path]):
                yield f"{method} {path} sort={','.join(sorted(sorts))}"


def sorted_by(operation: dict[str, Any]) -> set[str]:
    """Give the fields by which a list can be sorted."""
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "sort":
            pattern: str = parameter["schema"]["pattern"]
            return set(pattern[pattern.index("(") + 1 : pattern.rindex(")")].split("|"))
    return set()


def sensitive(rule: Access | None) -> set[str]:
    """Give the sensitive fields of a rule's record; where there is none, of all tables."""
    if rule is not None and rule.record in POLICIES:
        policy = POLICIES[rule.record]
        return in_table(policy.table) | policy.masked | policy.seen_by.keys()
    return set().union(*(in_table(table) for table in Base.metadata.tables.values()))


def in_table(table: Table) -> set[str]:
    """Give the columns of a table that are personal, or above internal."""
    return {
        column.name
        for column in table.columns
        if column.info.get("labels") or column.info["data"] not in ("public", "internal")
    }


def test_every_route_has_an_access_rule(app: Shell) -> None:
    assert without_rule(app) == []


def test_a_route_without_a_good_rule_is_found(shell: Shell) -> None:
    plant(shell, "/unruled")
    plant(shell, "/no/record", Access("nothing:see"))
    plant(shell, "/no/verb", Access("users:look"))
    plant(shell, "/public", Access.PUBLIC)
    plant(shell, "/for/whoever/is/signed/in", Access.SIGNED_IN)
    plant(shell, "/good", Access("users:see"))
    assert without_rule(shell) == [
        "GET /unruled",
        "GET /no/record",
        "GET /no/verb",
        "GET /public",
        "GET /for/whoever/is/signed/in",
    ]


def test_nobody_gets_an_answer_without_signing_in(app: Shell, client: TestClient) -> None:
    assert answering_strangers(app, client) == []


def test_a_route_that_forgets_its_rule_is_found(
    shell: Shell, browse: Callable[[Shell], TestClient]
) -> None:
    plant(shell, "/api/v1/planted", Access("users:see"))
    assert answering_strangers(shell, browse(shell)) == ["GET /api/v1/planted"]


def test_no_address_tells_anything_about_anybody(app: Shell) -> None:
    assert list(telling(app)) == []


def test_a_telling_address_is_found(shell: Shell) -> None:
    router = APIRouter()

    @router.get("/by/{email}", dependencies=[Depends(Access("users:see"))])
    def answer(email: str, email__gte: str = "", limit: int = 5) -> None:
        """Find by an address."""

    @router.get("/by", dependencies=[Depends(Access.PUBLIC)])
    def token(login: str, q: str) -> None:
        """Find by a login."""

    shell.api.include_router(router)
    assert list(telling(shell)) == [
        "get /by/{email} email",
        "get /by/{email} email__gte",
        "get /by login",
    ]
