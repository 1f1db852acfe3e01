"""A person with a password, an application that fails, and the statements that are sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from tests.calling import application
from tests.platform.trying import routes

LOGIN = "ana@example.com"
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def failing(database_urls: None) -> Iterator[Shell]:
    """An application with a few routes that fail in different ways."""
    with application(routes) as shell:
        yield shell


@pytest.fixture
def ana(session: Session) -> Principal:
    principal = accounts.principal_for(session, LOGIN)
    accounts.set_password(session, principal, PASSWORD)
    session.commit()
    return principal


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    """What is sent to the database, as it is sent."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine: Engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
