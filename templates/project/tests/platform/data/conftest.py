"""The tables of the tests' own records, and somebody to work with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, create_engine, text

from app.platform.access import POLICIES
from app.platform.constraints import TENANT
from app.platform.db import Base, Database, Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts
from app.platform.identity.cookie import cookie_name
from app.platform.separation import OWN, separate
from app.platform.watching import watch, watched
from app.platform.work import UnitOfWork
from dev.cluster import Cluster
from dev.roles import APP, OWNER
from dev.samples import Samples
from tests.calling import Shared, application
from tests.platform.data import bills, parcel_routes, parcels, table_routes, things
from tests.platform.data.thing_routes import router
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, begin, shelf


@pytest.fixture(scope="session")
def tables(database_urls: None) -> None:
    """The tables, in the database that each test's work is undone in."""
    make_tables(os.environ["APP_OWNER_DATABASE_URL"])


@pytest.fixture(scope="module", autouse=True)
def rules(tables: None) -> Iterator[None]:
    """What holds for the records while these tests run."""
    known = things.RULES | parcels.RULES | bills.RULES
    POLICIES.update(known)
    yield
    for name in known:
        del POLICIES[name]


def make_tables(url: str) -> None:
    """Make the tables in the database of this address, as its owner."""
    made = [Base.metadata.tables[name] for name in (*things.TABLES, *parcels.TABLES, *bills.TABLES)]
    owner = create_engine(url)
    with owner.begin() as connection:
        Base.metadata.create_all(connection, made)
        for table in made:
            grant = f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table.name}" TO "{APP}"'
            connection.execute(text(grant))
            if TENANT in table.columns:
                connection.execute(text(separate(table.name, OWN)))
            connection.execute(text(watch(table.name, watched()[table.name])))
            # All rows are undone: statistics would say that there are none, and plans would follow.
            connection.execute(text(f'ALTER TABLE "{table.name}" SET (autovacuum_enabled = false)'))
    owner.dispose()


@pytest.fixture
def work(session: Session, samples: Samples) -> Begin:
    """Begin work as somebody new with these roles, in the test's transaction."""
    return lambda *roles, **more: begin(
        session, more.pop("person", None) or samples.person(), *roles, **more
    )


@pytest.fixture
def shelves(work: Begin) -> list[Shelf]:
    """Three shelves in two rooms, which nobody owns."""
    places = [("one", "north"), ("two", "south"), ("three", "north")]
    return [shelf(work("keeper"), label, room=room) for label, room in places]


@pytest.fixture(scope="session")
def own_database(cluster: Cluster, migrated: str) -> Iterator[Database]:
    """A database in which these tests commit, and which many use at once."""
    with cluster.scratch_database(migrated) as name:
        make_tables(cluster.url(name, OWNER))
        database = Database(cluster.url(name, APP), connections=12)
        yield database
        database.close()


@pytest.fixture
def committed(own_database: Database) -> Begin:
    """Begin work as somebody, in a session of its own that can commit; close it afterwards."""
    with own_database.session() as session:
        person = accounts.principal_for(session, "many@example.com").id
        session.commit()
    return partial(in_session_of, own_database, person)


def in_session_of(database: Database, person: UUID, *roles: str, **more: Any) -> UnitOfWork:
    """Begin work in a new session."""
    return begin(database.session(), person, *roles, **more)


@pytest.fixture(scope="session")
def routed(database_urls: None) -> Iterator[Shell]:
    """An application that has the routes of the tests' own records."""
    with application(table_routes.router, router, parcel_routes.router) as shell:
        yield shell


@pytest.fixture
def web(
    routed: Shell, connection: Connection, browse: Callable[[Shell], TestClient]
) -> Iterator[TestClient]:
    """A browser on that application."""
    with Shared(connection).under(routed) as shell:
        yield browse(shell)


@pytest.fixture
def as_somebody(web: TestClient, sign_in: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """Sign somebody in there who has these roles."""

    def begin_session(*roles: str, login: str = "ana@example.com") -> TestClient:
        cookies = sign_in(*roles, login=login).cookies
        web.cookies.set(cookie_name(), cookies[cookie_name()])
        return web

    return begin_session
