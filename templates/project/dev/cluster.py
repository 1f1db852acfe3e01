"""A database server with the two roles, and the databases on it."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql
from sqlalchemy import URL

from dev.roles import APP, OWNER, ROLES, Connection, password_of
from dev.sharing import Share

DATABASE = "app"
TEST_PREFIX = "test_"
MARK = "made by the development launcher"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL server with the roles `owner` and `app`.

    `admin` is the address of a role that may create databases; `share` is our part in keeping a
    private server running, None for a server that is not ours.
    """

    admin: URL
    share: Share | None = None

    @property
    def socket_dir(self) -> Path | None:
        """The folder of the private server's socket."""
        return self.share.server.socket_folder if self.share else None

    def url(self, database: str = DATABASE, role: str = APP) -> str:
        """The address of a database for SQLAlchemy, as `owner`, `app` or the administrator."""
        url = self.admin.set(database=database)
        if role in ROLES:
            url = URL.create(
                url.drivername,
                role,
                password_of(role, self.admin),
                url.host,
                url.port,
                database,
                url.query,
            )
        return url.render_as_string(hide_password=False)

    def create_database(self, name: str | None = None, template: str = "template0") -> str:
        """Make a database that `owner` owns and return its name.

        Without `name` it gets one of its own and counts as thrown away at the next start.
        With `template`, a database nobody is connected to, it begins as a copy of that one.
        """
        name = name or f"{TEST_PREFIX}{secrets.token_hex(6)}"
        with connect(self.admin) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, ending its connections. Fine if it is not there."""
        with connect(self.admin) as connection:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))

    @contextlib.contextmanager
    def scratch_database(self, template: str = "template0") -> Iterator[str]:
        """The name of an empty database, or of a copy, that is removed at the end."""
        name = self.create_database(template=template)
        try:
            yield name
        finally:
            self.drop_database(name)

    def stop(self) -> None:
        """Let go of the server. The last one who lets go stops a private server."""
        if self.share:
            self.share.release()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def connect(url: URL) -> Connection:
    """A connection outside of any transaction."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True, connect_timeout=10)
