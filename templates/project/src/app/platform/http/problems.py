"""Errors as answers: problem documents (RFC 9457) that never repeat what was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.platform.errors import FieldError, Invalid, NotFound, Problem, TooLarge
from app.platform.http.routes import Routes
from app.platform.http.wording import worded
from app.settings import settings

AsPage = Callable[[Request, Problem], Response]
MEDIA_TYPE = "application/problem+json"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")


class Fault(BaseModel):
    """One fault in what was sent."""

    field: str
    code: str
    message: str


class ProblemDocument(BaseModel):
    """What an error answer holds; `reference` finds the request in the logs."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    reference: str
    contact: str
    errors: list[Fault]


class Malformed(Problem):
    """The request cannot be read at all."""

    status = 400
    code = "malformed"
    title = "This request cannot be read"


class MethodNotAllowed(Problem):
    """The path exists, the method does not."""

    status = 405
    code = "method_not_allowed"
    title = "This cannot be done here"


class Unexpected(Problem):
    """The last resort: our own mistake."""


BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind for kind in (Malformed, MethodNotAllowed, NotFound, TooLarge)
}
ADVICE = {
    400: "Send JSON in UTF-8, not packed, not nested hundreds deep, and with plain numbers.",
    405: "The header Allow names what can be done here.",
}


def answer(problem: Problem, reference: str) -> Response:
    """The answer that tells a caller about a problem."""
    return document(
        problem.status,
        problem.title,
        reference,
        code=problem.code,
        detail=problem.detail,
        errors=problem.errors,
        headers=problem.headers,
    )


def document(
    status: int,
    title: str,
    reference: str,
    *,
    code: str,
    detail: str = "",
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem document as an answer."""
    content = ProblemDocument(
        title=title,
        status=status,
        code=code,
        detail=detail,
        reference=reference,
        contact=settings().support_contact,
        errors=[Fault(field=e.field, code=e.code, message=e.message) for e in errors],
    )
    return Response(content.model_dump_json(), status, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI, routes: Routes, as_page: AsPage) -> None:
    """Answer every kind of error of `app`: browsers with a page, others with a problem document."""

    def told(request: Request, problem: Problem) -> Response:
        if "text/html" in request.headers.get("accept", ""):
            return as_page(request, problem)
        return answer(problem, _reference(request))

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)  # noqa: S101 - it was registered for nothing else
        return told(request, error)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return told(request, Invalid(errors=field_errors(error)))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(sorted(routes.methods(request.scope["path"])))
        kind = BY_STATUS.get(error.status_code)
        if kind is None:
            return _answer_http(error, _reference(request), headers)
        return told(request, kind(ADVICE.get(kind.status, ""), headers=headers))

    async def on_anything(request: Request, _error: Exception) -> Response:
        return told(request, Unexpected())

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_anything)


def field_errors(error: RequestValidationError) -> list[FieldError]:
    """The faults of a request, each with its place but without what was sent."""
    return faults(error.errors(), 1)


def faults(found: Sequence[Any], skipped: int = 0) -> list[FieldError]:
    """The faults that Pydantic found, with their places but for the first parts of each."""
    return [_fault(fault, fault["loc"][skipped:]) for fault in found]


def _fault(fault: Any, place: Sequence[Any]) -> FieldError:
    kind = fault["type"]
    if kind == "json_invalid":  # its place is no field, but where reading ended
        return FieldError("", kind, f"This is not JSON from character {place[-1]} on")
    return FieldError(".".join(map(_place, place)), kind, worded(fault))


def _place(part: Any) -> str:
    """A part of a place; the sender may have made it up, so only plain names are repeated."""
    return str(part) if isinstance(part, int) or NAME.fullmatch(part) else "?"


def _answer_http(error: HTTPException, reference: str, headers: dict[str, str]) -> Response:
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_")
    return document(error.status_code, phrase, reference, code=code, headers=headers)


def _reference(request: Request) -> str:
    return str(request.state.reference)
