"""A database of the tests' own, and the application on it. Each test is rolled back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.main import create_app
from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.registry import ROLES
from app.settings import settings, use
from dev import PROJECT
from dev.postgres import ensure_cluster
from dev.roles import APP, OWNER
from dev.samples import Samples
from tests.calling import Caller, Shared

os.environ |= {
    "APP_ENVIRONMENT": "test",
    "APP_ALLOWED_HOSTS": '["testserver"]',
    "APP_PASSWORD_MEMORY_KIB": "8",
}


@pytest.fixture(scope="session", autouse=True)
def database_urls() -> Iterator[None]:
    """A fresh database, made by the migrations; the development database is not touched."""
    with ensure_cluster() as cluster, cluster.scratch_database() as name:
        os.environ["APP_DATABASE_URL"] = cluster.url(name, APP)
        os.environ["APP_OWNER_DATABASE_URL"] = cluster.url(name, OWNER)
        command.upgrade(Config(PROJECT / "alembic.ini"), "heads")
        yield


@pytest.fixture(scope="session")
def built(database_urls: None) -> Iterator[Shell]:
    """The application, built once."""
    shell = create_app()
    yield shell
    shell.api.state.database.close()


@pytest.fixture
def connection(built: Shell) -> Iterator[Connection]:
    """The connection of one test, whose work is undone at its end."""
    with built.api.state.database.engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session that sees what the application wrote, and the other way round."""
    with Shared(connection).session() as session:
        yield session


@pytest.fixture
def app(built: Shell, connection: Connection) -> Iterator[Shell]:
    """The application, working inside the test's transaction."""
    state = built.api.state
    database = state.database
    state.database = Shared(connection)
    yield built
    state.database = database


@pytest.fixture
def client(app: Shell) -> TestClient:
    """A browser that nobody is signed in with."""
    return TestClient(app, base_url="https://testserver", headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def samples(session: Session) -> Samples:
    """What makes rows and bodies."""
    return Samples(session)


@pytest.fixture
def as_role(client: TestClient, samples: Samples) -> Callable[..., Caller]:
    """Sign somebody in who has these roles, and a row in `users` with these facts."""
    return lambda *roles, **facts: Caller.sign_in(client, samples, roles, facts)


VERBS = frozenset({"add", "see", "change", "archive", "unmask"})


@pytest.fixture(params=sorted(ROLES))
def caller(request: pytest.FixtureRequest, as_role: Callable[..., Caller]) -> Caller:
    """Somebody with one role; each test that asks for it runs with every role."""
    return as_role(request.param)


@pytest.fixture
def everyone(as_role: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Somebody with all roles, for what does not depend on them.

    What the blueprint grants to nobody is granted here for one test: code that is there is tried.
    """
    role = min(ROLES)
    for policy in POLICIES.values():
        known = {grant.verb for grants in policy.grants.values() for grant in grants}
        missing = [Grant(verb) for verb in sorted(VERBS - known)]
        monkeypatch.setitem(policy.grants, role, [*policy.grants.get(role, ()), *missing])
    return as_role(*ROLES)


@pytest.fixture
def sign_in(client: TestClient, session: Session) -> Callable[..., TestClient]:
    """Sign somebody in who has these roles and is known by a login alone."""

    def begin(*roles: str, login: str = "ana@example.com") -> TestClient:
        principal = accounts.principal_for(session, login)
        accounts.set_roles(session, principal, roles)
        client.cookies.set(cookie_name(), sessions.begin(session, principal.id))
        session.commit()
        return client

    return begin


@pytest.fixture(autouse=True)
def same_settings(database_urls: None) -> Iterator[None]:
    """Undo what a test did to the settings."""
    before = settings()
    yield
    use(before)
