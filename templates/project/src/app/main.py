"""The application: what the server runs is `create_app()`."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from app.platform import logging
from app.platform.console.pages import refusal
from app.platform.console.router import console
from app.platform.db import Database
from app.platform.http import health, openapi, problems
from app.platform.http.changing import changes_of
from app.platform.http.filing import files_of
from app.platform.http.routes import Routes
from app.platform.http.shell import Shell
from app.platform.separation import refuse_mighty
from app.registry import ROUTERS
from app.screens import SCREENS
from app.settings import Settings, settings, use
from app.ways import API, PAGES

SWITCH_SECONDS = 0.0005
"""How long a thread may hold the interpreter while others wait for it; Python's own is 5 ms."""


def create_app(chosen: Settings | None = None) -> Shell:
    """Build the application; without `chosen` it is told by the environment.

    Add routers of your own at the end of `_add_routes`; the records' are in `registry.py`.
    """
    if chosen is not None:
        use(chosen)
    chosen = settings()
    logging.set_up(chosen)
    development = chosen.environment == "development"
    api = openapi.Api(
        title=chosen.app_name,
        version="1",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json" if development else None,
        redirect_slashes=False,
        max_body_size=chosen.body_limit_bytes,
    )
    api.state.settings = chosen
    api.state.database = Database(chosen.database_url, connections=chosen.threads + 1)
    routes = Routes(api)
    problems.install(api, routes, refusal)
    _add_routes(api)
    if development:
        openapi.add_docs(api)
    return Shell(api, chosen, routes)


def _add_routes(api: FastAPI) -> None:
    api.include_router(health.router)
    for way in API:
        api.include_router(way, prefix="/api/v1")
    for router in ROUTERS:
        api.include_router(router, prefix="/api/v1")
        api.include_router(changes_of(router), prefix="/api/v1")
        api.include_router(files_of(router), prefix="/api/v1")
    api.include_router(console(SCREENS, PAGES))


@asynccontextmanager
async def _lifespan(api: FastAPI) -> AsyncIterator[None]:
    """Few threads: more of them than cores only wait for each other.

    What was built up to here lives to the end, so the garbage collector need not walk it again
    and again; and a thread that is done with the database gets its turn soon.
    """
    chosen: Settings = api.state.settings
    to_thread.current_default_thread_limiter().total_tokens = chosen.threads
    sys.setswitchinterval(SWITCH_SECONDS)
    refuse_mighty(api.state.database.engine)
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    api.state.database.close()
