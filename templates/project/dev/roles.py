"""The two roles that a database has everywhere, in development as in production."""

from __future__ import annotations

import hashlib

import psycopg
from psycopg import sql
from sqlalchemy import URL

from dev import DevelopmentError

Connection = psycopg.Connection[tuple[object, ...]]

OWNER, APP = "owner", "app"
ROLES = {
    OWNER: sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"),
    APP: sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"),
}
MARK = "made by the development launcher"


def make_roles(connection: Connection, admin: URL) -> None:
    """Make the roles that are missing.

    Raises DevelopmentError for a role of that name that somebody else has made.
    """
    for role, attributes in ROLES.items():
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = %s", [role]
        ).fetchone()
        if not found:
            _make(connection, role, attributes, password_of(role, admin))
        elif found[0] != MARK:
            raise DevelopmentError(
                f"The server of DATABASE_URL already has a role `{role}` that this launcher did "
                "not make, so it is left alone. Use another server."
            )


def password_of(role: str, admin: URL) -> str | None:
    """The role's password: known to every project of whoever administers the server.

    None where the administrator has none (a private socket).
    """
    if admin.password is None:
        return None
    return hashlib.sha256(f"{role}:{admin.password}".encode()).hexdigest()


def _make(connection: Connection, role: str, attributes: sql.SQL, password: str | None) -> None:
    create = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
        sql.Identifier(role), attributes, sql.Literal(password)
    )
    mark = sql.SQL("COMMENT ON ROLE {} IS {}").format(sql.Identifier(role), sql.Literal(MARK))
    with connection.transaction():
        connection.execute(create)
        connection.execute(mark)
