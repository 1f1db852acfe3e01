"""Calling the API as somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection, event, func, select, true
from sqlalchemy.orm import SessionTransaction

from app.main import create_app
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.actor import Actor
from app.platform.identity.cookie import cookie_name
from app.platform.identity.models import Principal
from dev.samples import Samples


@dataclass(frozen=True, slots=True)
class Shared:
    """Stands in for the database: every session works inside one test's transaction."""

    connection: Connection

    def session(self, *, reading: bool = False) -> Session:
        """Open a session whose commit is a savepoint, for reading as well."""
        opened = self.plain()
        # On a connection of its own nothing would be told yet of whose rows may be seen.
        event.listen(opened, "after_begin", partial(work_for, tenant_id=""))
        return opened

    def plain(self) -> Session:
        """Open a session that leaves told what was told."""
        return Session(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )

    @contextmanager
    def under(self, shell: Shell) -> Iterator[Shell]:
        """Let an application work inside the test's transaction."""
        database = shell.api.state.database
        shell.api.state.database = self
        yield shell
        shell.api.state.database = database


def work_for(
    _session: Session, transaction: SessionTransaction, connection: Connection, tenant_id: str
) -> None:
    """Tell the database for which customer of the system this transaction works."""
    if not transaction.nested:  # within it, that was told already
        connection.execute(select(func.set_config("app.tenant", tenant_id, true())))


@contextmanager
def application(*routers: APIRouter) -> Iterator[Shell]:
    """An application with more routes than its own, which lets go of its database at the end."""
    shell = create_app()
    for router in routers:
        shell.api.include_router(router)
    yield shell
    shell.api.state.database.close()


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is signed in."""

    client: TestClient
    samples: Samples
    actor: Actor

    @classmethod
    def sign_in(
        cls, client: TestClient, samples: Samples, roles: Sequence[str], facts: Mapping[str, Any]
    ) -> Caller:
        """Make a person with these roles and facts, and sign them in."""
        person = samples.make("users", **facts)
        principal = samples.session.get_one(Principal, person.id)
        accounts.set_roles(samples.session, principal, roles)
        client.cookies.set(cookie_name(), sessions.begin(samples.session, person.id))
        samples.session.commit()
        samples.uploader = person.id
        columns = person.__table__.columns.keys()
        known = {name: getattr(person, name) for name in columns}
        return cls(client, samples, Actor(person.id, frozenset(roles), known))

    def get(self, path: str, /, **query: Any) -> Response:
        """Read."""
        return self.client.get(path, params=query)

    def post(self, path: str, body: Any, /, **headers: str) -> Response:
        """Add, or do."""
        return self.client.post(path, json=body, headers=named(headers))

    def patch(self, path: str, body: Any, version: int | None = 1) -> Response:
        """Change the version that was read; without one, say none."""
        return self.client.patch(path, json=body, headers=matching(version))

    def delete(self, path: str, version: int | None = 1) -> Response:
        """Take out of use."""
        return self.client.delete(path, headers=matching(version))


def matching(version: int | None) -> dict[str, str]:
    """Give the header that names a version."""
    return {} if version is None else {"If-Match": f'"{version}"'}


def named(headers: Mapping[str, str]) -> dict[str, str]:
    """Write Python names as header names."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


def ids(response: Response) -> set[UUID]:
    """Give the ids of the rows on a page."""
    return {UUID(item["id"]) for item in response.json()["items"]}
