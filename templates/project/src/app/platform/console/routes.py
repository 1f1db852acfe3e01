"""Adding the routes of a record's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from app.platform.console.own import Make
from app.platform.console.screens import Screen
from app.platform.http.access import may

GET, POST = ["GET"], ["POST"]


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes of one record's pages, while they are added."""

    router: APIRouter
    screen: Screen

    def add(self, path: str, verb: str, make: Make, *said: Any, **more: Any) -> None:
        """Add a page for those who were granted the verb; a record's own wins, its rule stays."""
        own, rule = self.screen.own, may(f"{self.screen.table}:{verb}")
        self.router.add_api_route(
            self.screen.path + path,
            own.made(make)(self.screen, *said),
            dependencies=[*rule, *own.guard(make)],
            **more,
        )
