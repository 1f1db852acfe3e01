"""The description of the API tells every status an operation can answer with."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter, Depends, Header
from fastapi.testclient import TestClient

from app import main
from app.platform.http.access import Access
from app.platform.http.openapi import Api, rule_of
from app.platform.http.routes import Routes
from app.platform.http.shell import Shell
from app.settings import settings

router = APIRouter()


@router.get("/public", dependencies=[Depends(Access.PUBLIC)])
def public() -> None:
    """Open to everybody."""


@router.get("/jobs", dependencies=[Depends(Access("jobs:see"))])
def see(limit: int = 10) -> None:
    """A list."""


@router.patch("/jobs/{job_id}", dependencies=[Depends(Access("jobs:change"))])
def change(job_id: str, body: dict[str, str], if_match: str = Header()) -> None:
    """A change."""


@router.get("/unruled")
def unruled() -> None:
    """Refused by default."""


@pytest.fixture
def described() -> dict[str, Any]:
    api = Api()
    api.include_router(router, prefix="/api/v1")
    assert api.openapi() is api.openapi()
    return api.openapi()


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("get", "public", {200, 400, 500}),
        ("get", "jobs", {200, 400, 401, 403, 422, 500}),
        ("patch", "jobs/{job_id}", {200, 400, 401, 403, 404, 409, 412, 413, 422, 428, 500}),
        ("get", "unruled", {200, 400, 401, 403, 500}),
    ],
)
def test_each_operation_documents_what_its_shape_can_lead_to(
    described: dict[str, Any], method: str, path: str, statuses: set[int]
) -> None:
    responses = described["paths"][f"/api/v1/{path}"][method]["responses"]
    assert {int(status) for status in responses} == statuses


def test_only_public_operations_need_no_session(described: dict[str, Any]) -> None:
    paths = described["paths"]
    assert paths["/api/v1/public"]["get"]["security"] == []
    assert paths["/api/v1/unruled"]["get"]["security"] == [{"session": []}]
    assert described["components"]["securitySchemes"]["session"]["in"] == "cookie"


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if "$ref" in part else []
            return own + [ref for value in part.values() for ref in references(value)]
        return [ref for item in part for ref in references(item)] if isinstance(part, list) else []

    for reference in references(described):
        found: Any = described
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_the_problems_of_the_framework_are_not_described(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_the_rule_of_a_route_is_found_also_behind_other_dependencies() -> None:
    def wrapped(_: None = Depends(Access("jobs:add"))) -> None:
        """Depends on the rule itself."""

    api = Api()
    api.get("/a", dependencies=[Depends(wrapped)])(public)
    rules = {route.path: rule_of(route) for route in Routes(api) if hasattr(route, "dependant")}
    assert repr(rules["/a"]) == "Access('jobs:add')"


def test_a_rule_is_a_record_and_a_verb() -> None:
    rule = Access("jobs:add")
    assert (rule.rule, rule.record, rule.verb) == ("jobs:add", "jobs", "add")


def test_the_description_is_shown_in_development_only(client: TestClient) -> None:
    for path in ("/openapi.json", "/docs", "/redoc"):
        assert client.get(path).status_code == 404


def test_in_development_the_page_may_load_what_it_is_made_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main, "ROUTERS", ())
    development = {"environment": "development", "allowed_hosts": ["localhost"]}
    shell = main.create_app(settings().model_copy(update=development))
    client = TestClient(shell, base_url="http://localhost")
    assert client.get("/openapi.json").json()["info"]["title"] == settings().app_name
    assert "cdn.jsdelivr.net" in client.get("/docs").headers["content-security-policy"]


def test_every_route_of_the_application_has_a_rule(app: Shell) -> None:
    without = [route.path for route in Routes(app.api) if rule_of(route) is None]
    assert without == []
