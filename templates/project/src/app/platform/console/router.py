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
    passwords,
    rows,
    sign_in,
    start,
)
from app.platform.console.attaching import longest
from app.platform.console.exchange_routes import add_exchange
from app.platform.console.screens import Screen
from app.platform.http.access import Access, may

POST = ["POST"]


def console(screens: Iterable[Screen]) -> APIRouter:
    """Give the routes of the pages of these records, of the start page and of signing in."""
    router = APIRouter(include_in_schema=False)
    router.include_router(assets.router)
    router.include_router(sign_in.router)
    router.include_router(passwords.router)
    router.add_api_route("/", start.start, dependencies=[Depends(Access.SIGNED_IN)])
    router.include_router(pages_of(screens))
    return router


def pages_of(screens: Iterable[Screen]) -> APIRouter:
    """Give the routes of the pages of these records."""
    router = APIRouter(include_in_schema=False)
    for screen in screens:
        add_pages(router, screen)
    return router


def add_pages(router: APIRouter, screen: Screen) -> None:
    """Add the pages of a record; each has the rule that its route in the API has."""
    table, row = screen.table, screen.path + "/{id:uuid}"
    see, most = may(f"{table}:see"), longest(screen)
    add_route = router.add_api_route
    add_route(screen.path, lists.listing(screen), dependencies=see)
    add_route(f"{screen.path}/search", lists.searching(screen), methods=POST, dependencies=see)
    if screen.does("add"):
        rule, endpoint = may(f"{table}:add"), adding.adding(screen)
        add_route(f"{screen.path}/new", adding.blank(screen), dependencies=rule)
        add_route(screen.path, endpoint, methods=POST, dependencies=rule, max_body_size=most)
    add_exchange(router, screen)
    add_route(row, rows.showing(screen), dependencies=see)
    add_route(f"{row}/history", history.past(screen), dependencies=see)
    if screen.does("change"):
        rule, endpoint = may(f"{table}:change"), changing.changing(screen)
        add_route(f"{row}/edit", changing.editing(screen), dependencies=rule)
        add_route(row, endpoint, methods=POST, dependencies=rule, max_body_size=most)
    for name in screen.moves:
        rule, endpoint = may(f"{table}:{name}"), acting.moving(screen, name)
        add_route(f"{row}/moves/{name}", endpoint, methods=POST, dependencies=rule)
    if screen.does("archive"):
        rule, endpoint = may(f"{table}:archive"), acting.archiving(screen)
        add_route(f"{row}/archive", endpoint, methods=POST, dependencies=rule)
    if screen.does("unmask"):
        rule, shown = may(f"{table}:unmask"), acting.showing_masked(screen)
        add_route(f"{row}/unmask", shown, methods=POST, dependencies=rule)
