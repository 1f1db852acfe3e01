"""What holds for every answer, whoever gives it; tried from outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO
from ipaddress import ip_network
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.main import create_app
from app.platform import logging
from app.platform.blueprint import PASSWORDS
from app.platform.db import Database
from app.platform.http.shell import HEADERS, HSTS, Shell
from app.settings import settings
from tests.calling import Shared
from tests.platform.trying import CANARY, TRY, routes

DEVELOPMENT = {"environment": "development", "allowed_hosts": ["localhost"]}


@pytest.fixture
def out() -> Iterator[StringIO]:
    stream = StringIO()
    logging.set_up(settings(), stream)
    yield stream
    logging.set_up(settings())


@pytest.fixture
def tried(
    failing: Shell, connection: Connection, browse: Callable[[Shell], TestClient], out: StringIO
) -> Iterator[TestClient]:
    """A browser on that application, whose log is kept."""
    with Shared(connection).under(failing) as shell:
        yield browse(shell)


ANSWERS: list[tuple[int, str, str, dict[str, Any]]] = [
    (200, "GET", "/health/live", {}),
    (404, "GET", "/nowhere", {}),
    (404, "GET", f"{TRY}/", {}),
    (405, "PUT", TRY, {}),
    (405, "TRACE", TRY, {}),
    (405, "OPTIONS", TRY, {}),
    (401, "GET", "/tests/ruled", {}),
    (403, "GET", "/tests/unruled", {}),
    (403, "POST", TRY, {"headers": {"Sec-Fetch-Site": "cross-site"}}),
    (400, "GET", TRY, {"headers": {"Host": "evil.example"}}),
    (400, "POST", TRY, {"headers": {"Content-Length": "x"}}),
    (412, "GET", "/tests/stale/a", {}),
    (413, "POST", TRY, {"content": b"x" * 1_000_001}),
    (413, "POST", TRY, {"headers": {"Content-Length": "9" * 5_000}}),
    (
        413,
        "POST",
        TRY,
        {"content": iter([b"x" * 400_000] * 3), "headers": {"Content-Type": "application/json"}},
    ),
    (418, "GET", "/tests/teapot", {}),
    (422, "POST", TRY, {"json": {"count": CANARY}}),
    (422, "POST", TRY, {"content": b'{"count": 1}', "headers": {"Content-Type": "text/plain"}}),
    (422, "POST", TRY, {"content": b'{"count": 1}'}),
    (422, "POST", TRY, {"content": b"{" + CANARY.encode()}),
    (500, "POST", TRY, {"json": {"count": 1, "note": CANARY}}),
]


@pytest.mark.parametrize(("status", "method", "path", "sent"), ANSWERS)
def test_every_answer_carries_the_headers_and_every_error_is_a_problem_document(
    tried: TestClient, status: int, method: str, path: str, sent: dict[str, Any]
) -> None:
    answer = tried.request(method, path, **sent)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS | HSTS} == HEADERS | HSTS
    reference = answer.headers["x-request-id"]
    assert UUID(reference).version == 7
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["reference"] == reference
        assert problem["contact"] == settings().support_contact
        assert problem["code"]
        assert CANARY not in answer.text


def test_each_request_has_its_own_reference(client: TestClient) -> None:
    sent = {"X-Request-Id": "chosen-by-caller"}
    answers = [client.get("/health/live", headers=sent) for _ in range(2)]
    assert len({answer.headers["x-request-id"] for answer in answers} | {"chosen-by-caller"}) == 3


@pytest.mark.parametrize("method", ["PUT", "TRACE", "PATCH", "HEAD"])
def test_a_refused_method_is_told_all_that_are_allowed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/api/v1/session")
    allowed = "DELETE, GET, POST" if PASSWORDS else "DELETE, GET"
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_faults_are_named_by_field_but_made_up_names_are_not_repeated(tried: TestClient) -> None:
    answer = tried.post(TRY, json={"count": "many"}).json()
    assert [(fault["field"], fault["code"]) for fault in answer["errors"]] == [
        ("count", "int_parsing")
    ]
    hostile = tried.post(TRY, json={"count": 1, f"<{CANARY}>": 1})
    assert hostile.json()["errors"][0]["field"] == "?"
    assert CANARY not in hostile.text


def test_the_words_of_a_check_of_our_own_come_without_python_s(tried: TestClient) -> None:
    answer = tried.post(TRY, json={"count": 1, "note": f"not {CANARY}"})
    assert answer.json()["errors"][0]["message"] == "must not begin with not"
    assert CANARY not in answer.text


def test_an_answer_may_say_for_itself_how_long_it_is_kept(tried: TestClient) -> None:
    assert tried.get("/tests/cached").headers["cache-control"] == "max-age=60"


def test_a_failure_in_the_middle_of_an_answer_is_logged_and_adds_nothing(
    tried: TestClient, out: StringIO
) -> None:
    answer = tried.get("/tests/half")
    assert (answer.status_code, answer.text) == (200, "first")
    assert "request_failed" in out.getvalue()


def test_a_failure_outside_of_the_routes_is_a_problem_document_too(
    app: Shell, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(app, "_refusal", broken)
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")


def test_the_log_tells_the_route_and_the_reference_but_nothing_that_was_sent(
    tried: TestClient, out: StringIO
) -> None:
    tried.get(f"/tests/stale/{CANARY}?name={CANARY}", headers={"User-Agent": CANARY})
    answer = tried.post(TRY, json={"count": 1, "note": CANARY})
    tried.request("CANARY", TRY)
    logged = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["route"] for line in logged if line["event"] == "request"] == [
        "/tests/stale/{name}",
        TRY,
        TRY,
    ]
    failed = next(line for line in logged if line["event"] == "request_failed")
    assert failed["request"] == answer.headers["x-request-id"]
    assert "builtins.RuntimeError" in failed["error"]
    assert "canary" not in out.getvalue().lower()


def test_health_is_asked_under_any_name_and_not_logged(client: TestClient, out: StringIO) -> None:
    assert client.get("/health/live", headers={"Host": "10.1.2.3"}).json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok"}
    assert out.getvalue() == ""


def test_without_its_database_the_system_is_not_ready(
    app: Shell, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Database("postgresql+psycopg:///none?host=/nonexistent")
    monkeypatch.setattr(app.api.state, "database", nowhere)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_a_forwarded_address_is_ignored_unless_the_proxy_is_trusted(tried: TestClient) -> None:
    sent = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil"}
    assert tried.get("/tests/address", headers=sent).json() == ["testclient", "https"]


def test_behind_a_trusted_proxy_the_forwarded_address_counts() -> None:
    trusted = {"trusted_proxies": [ip_network("10.0.0.0/8")], "allowed_hosts": ["*"]}
    shell = create_app(settings().model_copy(update=trusted))
    shell.api.include_router(routes)
    behind = TestClient(shell, client=("10.0.0.1", 1))
    sent = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}
    assert behind.get("/tests/address", headers=sent).json() == ["1.2.3.4", "https"]


def test_in_development_browsers_are_not_told_to_insist_on_https() -> None:
    shell = create_app(settings().model_copy(update=DEVELOPMENT))
    answer = TestClient(shell, base_url="http://localhost").get("/health/live")
    assert answer.status_code == 200
    assert "strict-transport-security" not in answer.headers
