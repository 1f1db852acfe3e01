"""A database of the tests' own, and the application on it. Each test is rolled back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.config import Config
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.registry import ROLES
from app.settings import Settings, settings, use
from dev import PROJECT
from dev.cluster import Cluster
from dev.env import addresses
from dev.postgres import ensure_cluster
from dev.samples import Samples
from tests.calling import Caller, Shared, application

FILES = tempfile.TemporaryDirectory(prefix="files-", ignore_cleanup_errors=True)
os.environ |= {
    "APP_FILES_FOLDER": FILES.name,
    "APP_ENVIRONMENT": "test",
    "APP_ALLOWED_HOSTS": '["testserver"]',
    "APP_PASSWORD_MEMORY_KIB": "8",
}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server that the tests' databases are on."""
    with ensure_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated(cluster: Cluster) -> Iterator[str]:
    """The name of a fresh database, made by the migrations. It is copied and never worked in."""
    with cluster.scratch_database() as name:
        os.environ |= addresses(cluster, name)
        command.upgrade(Config(PROJECT / "alembic.ini"), "heads")
        yield name


@pytest.fixture(scope="session", autouse=True)
def database_urls(cluster: Cluster, migrated: str) -> Iterator[None]:
    """A database of the tests' own; the development database is not touched."""
    with cluster.scratch_database(migrated) as name:
        os.environ |= addresses(cluster, name)
        use(Settings())
        yield


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop in which applications answer: beginning one takes longer than a request."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def built(database_urls: None) -> Iterator[Shell]:
    """The application, built once."""
    with application() as shell:
        yield shell


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
    with Shared(connection).plain() as session:
        yield session


@pytest.fixture
def app(built: Shell, connection: Connection) -> Iterator[Shell]:
    """The application, working inside the test's transaction."""
    with Shared(connection).under(built) as shell:
        yield shell


@pytest.fixture(scope="session")
def browse(portal: BlockingPortal) -> Callable[[Shell], TestClient]:
    """Give a browser for an application, which nobody is signed in with."""

    def browser(shell: Shell) -> TestClient:
        headers = {"Sec-Fetch-Site": "same-origin"}
        client = TestClient(shell, base_url="https://testserver", headers=headers)
        client.portal = portal
        return client

    return browser


@pytest.fixture
def client(app: Shell, browse: Callable[[Shell], TestClient]) -> TestClient:
    """A browser on the application."""
    return browse(app)


@pytest.fixture
def samples(session: Session) -> Samples:
    """What makes rows and bodies, for one customer if the system separates any."""
    made = Samples(session)
    made.begin()
    return made


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a move with every move of its record that people make."""
    moves = getattr(metafunc.cls, "moves", {})
    for name, wanted in (("move", "by"), ("telling", "tells"), ("clock", "once_past")):
        if name in metafunc.fixturenames and moves:
            fitting = [move for move, step in sorted(moves.items()) if getattr(step, wanted)]
            metafunc.parametrize(name, fitting)


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
