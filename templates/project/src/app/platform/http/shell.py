"""The shell around the application: what holds for every request and every answer.

It is plain ASGI and stands outside of everything else, so that its headers are also on answers
which no route gave: an unknown path, a body that is too long, a failure of our own.
"""

from __future__ import annotations

from time import perf_counter

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from uuid_utils import uuid7

from app.platform.errors import Forbidden, Problem, TooLarge
from app.platform.http import problems
from app.platform.http.origin import believe_proxies, is_foreign, is_known_host
from app.platform.http.routes import Routes
from app.settings import Settings

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
HEALTH = "/health/"
MOST_DIGITS = 15
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})

RawHeaders = list[tuple[bytes, bytes]]

log = structlog.get_logger(__name__)


class Shell:
    """Wraps `api`; this is what the server runs."""

    def __init__(self, api: FastAPI, chosen: Settings, routes: Routes) -> None:
        self.api = api
        self._routes = routes
        self._hosts = [host.lower() for host in chosen.allowed_hosts]
        self._proxies = chosen.trusted_proxies
        self._longest = chosen.body_limit_bytes
        self._secure = chosen.environment != "development"
        self._headers = encoded(HEADERS | (HSTS if self._secure else {}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.api(scope, receive, send)
            return
        reference = str(uuid7())
        scope.setdefault("state", {})["reference"] = reference
        answer = Answer(send, [*self._headers, (b"x-request-id", reference.encode())])
        with structlog.contextvars.bound_contextvars(request=reference):
            started = perf_counter()
            await self._answer(scope, receive, answer)
            self._note(scope, answer, perf_counter() - started)

    async def _answer(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        try:
            problem = self._refusal(scope)
            if problem is None:
                await self.api(scope, receive, answer.send)
                return
        except Exception:
            log.exception("request_failed")
            if answer.status:  # the caller was told already, by a problem document or in part
                return
            problem = problems.Unexpected()
        response = problems.answer(problem, scope["state"]["reference"])
        await response(scope, receive, answer.send)

    def _refusal(self, scope: Scope) -> Problem | None:
        """What speaks against a request before anything looks at it closer."""
        headers = Headers(scope=scope)
        if self._proxies:
            believe_proxies(scope, headers, self._proxies)
        host = headers.get("host", "")
        if not is_known_host(host, self._hosts) and not scope["path"].startswith(HEALTH):
            return problems.Malformed("This system has another name.", code="unknown_host")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return problems.Malformed("Content-Length is not a number.")
        if len(length) > MOST_DIGITS or int(length) > self._longest:
            longest = self._routes.longest(scope) or self._longest
            if len(length) > MOST_DIGITS or int(length) > longest:
                return TooLarge(f"Send at most {longest} bytes.")
        if is_foreign(scope["method"], headers, self._secure):
            return Forbidden("Another site had this request sent.", code="cross_site")
        return None

    def _note(self, scope: Scope, answer: Answer, seconds: float) -> None:
        """Log the request by its template: the path itself and the query may carry data."""
        path: str = scope["path"]
        if path.startswith(HEALTH) and answer.status == 200:  # noqa: PLR2004
            return
        state = scope["state"]
        log.info(
            "request",
            method=scope["method"] if scope["method"] in METHODS else "?",
            route=self._routes.template(scope),
            status=answer.status,
            milliseconds=round(seconds * 1000, 1),
            actor=state.get("actor_id"),
        )


class Answer:
    """Passes an answer on, with the headers that belong on all; notes its status."""

    def __init__(self, send: Send, headers: RawHeaders) -> None:
        self._send = send
        self._headers = headers
        self.status = 0

    async def send(self, message: Message) -> None:
        """Send one ASGI message; what the answer says for itself is kept."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name.lower() for name, _ in message["headers"]}
            added = [header for header in self._headers if header[0] not in own]
            message["headers"] = [*message["headers"], *added]
        await self._send(message)


def encoded(headers: dict[str, str]) -> RawHeaders:
    """Headers as they go over the wire."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
