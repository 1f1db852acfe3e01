"""A person, the command line, an application that fails, and what is sent."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from app import cli, registry
from app.cli import working
from app.platform import logging
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from app.settings import settings
from tests.calling import application
from tests.platform.trying import routes

LOGIN = "ana@example.com"


class Said(NamedTuple):
    """What a command said, and how it ended."""

    out: str
    err: str
    code: int


Run = Callable[..., Said]


class OneSession:
    """Stands for the database: its sessions are all part of the test's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def session(self) -> Session:
        return Session(self._session.connection(), join_transaction_mode="create_savepoint")

    def close(self) -> None:
        """The test closes it."""


@pytest.fixture
def run(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run commands in the test's transaction, in a system with two roles."""
    monkeypatch.setattr(working, "Database", lambda _url: OneSession(session))
    monkeypatch.setattr(registry, "ROLES", {"office": "Runs it", "technician": "Repairs"})

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["app", *words])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        session.expire_all()
        said = capsys.readouterr()
        return Said(said.out, said.err, int(caught.value.code or 0))

    yield run
    logging.set_up(settings())


@pytest.fixture(scope="session")
def failing(database_urls: None) -> Iterator[Shell]:
    """An application with a few routes that fail in different ways."""
    with application(routes) as shell:
        yield shell


@pytest.fixture
def ana(session: Session) -> Principal:
    """Somebody without a role, and without a way to sign in."""
    principal = accounts.principal_for(session, LOGIN)
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
