"""A browser on the pages of the tests' own records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.platform.console.router import pages_of
from app.platform.console.screens import SCREENS
from app.platform.http.shell import Shell
from tests.calling import Shared, application
from tests.platform.data import table_routes
from tests.platform.data.console.screens import TRIED


@pytest.fixture(scope="module", autouse=True)
def screens(rules: None) -> Iterator[None]:
    """What the console knows of the records while these tests run; it knows no others."""
    known = dict(SCREENS)
    for name in known.keys() - {"users"}:
        del SCREENS[name]
    SCREENS.update(TRIED)
    yield
    SCREENS.clear()
    SCREENS.update(known)


@pytest.fixture(scope="session")
def paged(database_urls: None) -> Iterator[Shell]:
    """An application that has their pages."""
    with application(table_routes.router, pages_of(TRIED.values())) as shell:
        yield shell


@pytest.fixture
def web(
    paged: Shell, connection: Connection, browse: Callable[[Shell], TestClient]
) -> Iterator[TestClient]:
    """A browser on that application."""
    with Shared(connection).under(paged) as shell:
        client = browse(shell)
        client.headers["Accept"] = "text/html"
        yield client
