"""The description of the API: FastAPI's own, and what every operation has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.responses import HTMLResponse

from app.platform import errors
from app.platform.http.access import Access
from app.platform.http.problems import MEDIA_TYPE, Malformed, ProblemDocument, Unexpected
from app.platform.identity.cookie import cookie_name

SAFE = frozenset({"GET", "HEAD"})
REFERENCE = "#/components/schemas/{model}"
KINDS: tuple[type[errors.Problem], ...] = (
    Malformed,
    errors.Unauthenticated,
    errors.Forbidden,
    errors.NotFound,
    errors.Conflict,
    errors.PreconditionFailed,
    errors.TooLarge,
    errors.Invalid,
    errors.PreconditionRequired,
    errors.TooMany,
    Unexpected,
)
DOCS_POLICY = (
    "default-src 'none'; connect-src 'self'; img-src data: https://fastapi.tiangolo.com;"
    " script-src 'unsafe-inline' https://cdn.jsdelivr.net;"
    " style-src 'unsafe-inline' https://cdn.jsdelivr.net"
)


class Api(FastAPI):
    """A FastAPI application that documents every status an operation can answer with."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            _add_components(document)
            for route in iter_route_contexts(self.routes):
                _complete(document, route)
            self.openapi_schema = document
        return self.openapi_schema


def add_docs(api: FastAPI) -> None:
    """Show the API's documentation under /docs; the page comes from outside, so not for all."""

    @api.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        page = get_swagger_ui_html(openapi_url=api.openapi_url or "", title=api.title)
        page.headers["Content-Security-Policy"] = DOCS_POLICY
        return page


def rule_of(route: RouteContext) -> Access | None:
    """The access rule of a route; None when it has none and so refuses everybody."""
    found = [call for call in _calls(route.dependant) if isinstance(call, Access)]
    return found[-1] if found else None


def problem(*kinds: type[errors.Problem]) -> dict[int | str, dict[str, Any]]:
    """What a route gives as `responses=` to document problems of its own."""
    return {kind.status: {"$ref": f"#/components/responses/{kind.__name__}"} for kind in kinds}


def _calls(dependant: Dependant) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)


def _add_components(document: dict[str, Any]) -> None:
    components = document.setdefault("components", {})
    schema = ProblemDocument.model_json_schema(ref_template=REFERENCE)
    schemas = components.setdefault("schemas", {})
    schemas.update(schema.pop("$defs"))
    schemas["ProblemDocument"] = schema
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    content = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="ProblemDocument")}}}
    components["responses"] = {
        kind.__name__: {"description": kind.title, "content": content} for kind in KINDS
    }
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": cookie_name()}
    }


def _complete(document: dict[str, Any], route: RouteContext) -> None:
    operations = document["paths"].get(route.path_format, {})
    for method in route.methods or ():
        operation = operations.get(method.lower())
        if operation is None:
            continue
        public = rule_of(route) is Access.PUBLIC
        operation["security"] = [] if public else [{"session": []}]
        responses = operation["responses"]
        responses.pop("422", None)
        for status, response in problem(*_problems(method, operation, public)).items():
            responses.setdefault(str(status), response)
        operation["responses"] = dict(sorted(responses.items()))


def _problems(
    method: str, operation: dict[str, Any], public: bool
) -> Iterator[type[errors.Problem]]:
    """The problems that an operation can answer with, as its shape tells."""
    parameters = operation.get("parameters", ())
    places = {parameter["in"] for parameter in parameters}
    pages = any(parameter["name"] == "after" for parameter in parameters)
    changes = method not in SAFE
    yield from (Malformed, Unexpected)
    if not public:
        yield errors.Unauthenticated
    if changes or not public:
        yield errors.Forbidden
    if "path" in places:
        yield errors.NotFound
    if places or "requestBody" in operation:
        yield errors.Invalid
    if changes or pages:
        yield errors.Conflict
    if changes:
        yield errors.TooLarge
    if changes and "path" in places:
        yield from (errors.PreconditionFailed, errors.PreconditionRequired)
