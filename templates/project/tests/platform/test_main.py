"""The application starts, with few threads, and lets go of its database at the end."""

from __future__ import annotations

import gc
import sys

import anyio
from anyio import to_thread
from fastapi import Depends
from fastapi.testclient import TestClient

from app.main import create_app
from app.platform.http.access import Access
from app.settings import settings


def test_the_application_runs_with_as_many_threads_as_it_is_told() -> None:
    shell = create_app(settings().model_copy(update={"threads": 3, "allowed_hosts": ["*"]}))

    @shell.api.get("/tests/threads", dependencies=[Depends(Access.PUBLIC)])
    async def threads() -> float:
        return to_thread.current_default_thread_limiter().total_tokens

    with TestClient(shell) as client:
        assert client.get("/tests/threads").json() == 3
        assert sys.getswitchinterval() < 0.001
        assert gc.get_freeze_count() > 0
        assert client.get("/health/ready").status_code == 200
        assert shell.api.state.database.engine.pool.checkedin() == 1
    assert shell.api.state.database.engine.pool.checkedin() == 0
    assert gc.get_freeze_count() == 0


def test_settings_that_are_given_hold_for_the_whole_process() -> None:
    chosen = settings().model_copy(update={"threads": 2})
    assert create_app(chosen).api.state.settings is chosen
    assert settings() is chosen
    assert create_app().api.state.settings is chosen


def test_a_request_that_is_no_http_request_goes_straight_through() -> None:
    shell = create_app()
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def connect() -> None:
        scope = {"type": "websocket", "path": "/", "headers": [], "subprotocols": []}
        await shell(scope, receive, send)

    anyio.run(connect)
    assert sent == [{"type": "websocket.close", "code": 1000, "reason": ""}]
