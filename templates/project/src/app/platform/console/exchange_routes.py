"""The routes by which lists go out and come in as tables; each has the rule that the API's has."""

from __future__ import annotations

from fastapi import APIRouter

from app.platform.console import exporting, importing
from app.platform.console.exchange import EXPORTS, exported
from app.platform.console.screens import Screen
from app.platform.http.access import may

BOTH = ["GET", "POST"]


def add_exchange(router: APIRouter, screen: Screen) -> None:
    """Add exports where somebody may export, and imports where a line can be told from others."""
    if exported(screen.policy):
        rule = may(f"{screen.table}:export")
        for kind in EXPORTS:
            path, endpoint = f"{screen.path}/export.{kind}", exporting.exporting(screen, kind)
            router.add_api_route(path, endpoint, methods=BOTH, dependencies=rule)
    if screen.policy.key:
        rule, path = may(f"{screen.table}:see"), f"{screen.path}/import"
        router.add_api_route(path, importing.choosing(screen), dependencies=rule)
        for more, do in {"": importing.trial, "/run": importing.real}.items():
            router.add_api_route(
                path + more,
                importing.taking_in(screen, do),
                methods=["POST"],
                dependencies=rule,
                max_body_size=importing.LARGEST_FORM,
            )
