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
from app.platform.console.attaching import longest
from app.platform.console.exchange_routes import add_exchange
from app.platform.console.routes import POST, Routes
from app.platform.console.screens import Screen
from app.platform.http.access import Access


def console(screens: Iterable[Screen], ways: Iterable[APIRouter] = ()) -> APIRouter:
    """Give the routes of the pages of these records, of the start page and of the ways to sign in."""
    router = APIRouter(include_in_schema=False)
    router.include_router(assets.router)
    router.include_router(sign_in.router)
    for way in ways:
        router.include_router(way)
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
    routes, row, most = Routes(router, screen), "/{id:uuid}", longest(screen)
    routes.add("", "see", lists.listing)
    routes.add("/search", "see", lists.searching, methods=POST)
    if screen.does("add"):
        routes.add("/new", "add", adding.blank)
        routes.add("", "add", adding.adding, methods=POST, max_body_size=most)
    add_exchange(routes)
    routes.add(row, "see", rows.showing)
    routes.add(f"{row}/history", "see", history.past)
    if screen.does("change"):
        routes.add(f"{row}/edit", "change", changing.editing)
        routes.add(row, "change", changing.changing, methods=POST, max_body_size=most)
    for name in screen.moves:
        routes.add(f"{row}/moves/{name}", name, acting.moving, name, methods=POST)
    if screen.does("archive"):
        routes.add(f"{row}/archive", "archive", acting.archiving, methods=POST)
    if screen.does("unmask"):
        routes.add(f"{row}/unmask", "unmask", acting.showing_masked, methods=POST)
