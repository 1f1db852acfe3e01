"""What the application can be asked for: the template of a request's path, and its methods."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.types import Scope


class Routes:
    """The routes of an application; read when they are first needed, so after all were added."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def __iter__(self) -> Iterator[RouteContext]:
        return iter(self._all)

    def template(self, scope: Scope) -> str:
        """The path of the route that answered, such as `/api/v1/jobs/{job_id}`."""
        return self._templates.get(id(scope.get("route")), "")

    def methods(self, path: str) -> set[str]:
        """Every method that the path knows."""
        return {
            method
            for route in self._all
            if route.path_regex.match(path)
            for method in route.methods or ()
        }

    def longest(self, scope: Scope) -> int | None:
        """Give how long a body may be where the path's own limit is another than that of all."""
        limits = [
            getattr(route.original_route, "max_body_size", None)
            for route in self._all
            if route.path_regex.match(scope["path"]) and scope["method"] in (route.methods or ())
        ]
        return max((limit for limit in limits if limit is not None), default=None)

    @cached_property
    def _all(self) -> list[RouteContext]:
        return list(iter_route_contexts(self._app.routes))

    @cached_property
    def _templates(self) -> dict[int, str]:
        return {id(route.original_route): route.path or "" for route in self._all}
