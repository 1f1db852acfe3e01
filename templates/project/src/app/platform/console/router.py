"""The routes of all pages."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Depends

from app.platform.console import (
    acting,
    adding,
    assets,
    changing,
    history,
    lists,
    rows,
    sign_in,
    start,
)
from app.platform.console.pages import PageRoute
from app.platform.console.screens import Screen
from app.platform.http.access import Access, may


def console(screens: Iterable[Screen]) -> APIRouter:
    """Give the routes of the pages of these records, of the start page and of signing in."""
    router = APIRouter(include_in_schema=False)
    router.include_router(assets.router)
    router.include_router(sign_in.router)
    home = APIRouter(route_class=PageRoute)
    home.add_api_route("/", start.start, dependencies=[Depends(Access.SIGNED_IN)])
    router.include_router(home)
    router.include_router(pages_of(screens))
    return router


def pages_of(screens: Iterable[Screen]) -> APIRouter:
    """Give the routes of the pages of these records."""
    router = APIRouter(route_class=PageRoute, include_in_schema=False)
    for screen in screens:
        add_pages(router, screen)
    return router


def add_pages(router: APIRouter, screen: Screen) -> None:
    """Add the pages of a record; each has the rule that its route in the API has."""
    table, row = screen.table, screen.path + "/{id:uuid}"
    see = may(f"{table}:see")
    router.add_api_route(screen.path, lists.listing(screen), dependencies=see)
    router.add_api_route(
        f"{screen.path}/search", lists.searching(screen), methods=["POST"], dependencies=see
    )
    if screen.does("add"):
        add = may(f"{table}:add")
        router.add_api_route(f"{screen.path}/new", adding.blank(screen), dependencies=add)
        router.add_api_route(screen.path, adding.adding(screen), methods=["POST"], dependencies=add)
    router.add_api_route(row, rows.showing(screen), dependencies=see)
    router.add_api_route(f"{row}/history", history.past(screen), dependencies=see)
    if screen.does("change"):
        change = may(f"{table}:change")
        router.add_api_route(f"{row}/edit", changing.editing(screen), dependencies=change)
        router.add_api_route(row, changing.changing(screen), methods=["POST"], dependencies=change)
    for name, move in screen.policy.workflow.moves.items():
        if move.by:
            address = f"{row}/moves/{name}"
            endpoint = acting.doing(screen, acting.moving(name))
            router.add_api_route(
                address, endpoint, methods=["POST"], dependencies=may(f"{table}:{name}")
            )
    if screen.does("unmask"):
        unmask = may(f"{table}:unmask")
        router.add_api_route(
            f"{row}/unmask", acting.showing_masked(screen), methods=["POST"], dependencies=unmask
        )
    if screen.does("archive"):
        endpoint = acting.doing(screen, acting.archive)
        router.add_api_route(
            f"{row}/archive", endpoint, methods=["POST"], dependencies=may(f"{table}:archive")
        )
