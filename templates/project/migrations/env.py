"""Runs migrations as the role that owns the tables, and lets the application's role use them."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, inspect, make_url, pool, text

from app import registry
from app.platform import changes, numbers
from app.platform.db import Base
from app.platform.jobs import clock
from app.platform.messages import models as messages
from app.settings import settings
from migrations import guards
from migrations.gently import gently

# Importing these maps every table, also where no record has a number or tells anybody.
MAPPED = (registry, numbers, changes, messages, clock)


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether a table is one that models describe; those of the jobs are procrastinate's."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


OPTIONS: dict[str, Any] = {
    "include_name": ours,
    "target_metadata": Base.metadata if MAPPED else None,
    "process_revision_directives": gently,
    "transaction_per_migration": True,
    "compare_type": True,
    "compare_server_default": False,
    "autogenerate_plugins": [
        "alembic.autogenerate.*",
        "alembic.ext.checkconstraint_byname",
        guards.NAME,
    ],
}

# A migration that has to wait for a lock makes everyone behind it wait as well.
PATIENCE = "5s"


def offline() -> None:
    """Print the SQL instead of running it."""
    context.configure(url=owner_url(), literal_binds=True, **OPTIONS)
    context.execute(f"SET lock_timeout = '{PATIENCE}'")
    context.execute("SET app.migrating = 'on'")
    with context.begin_transaction():
        context.run_migrations()


def online() -> None:
    """Run each migration in a transaction of its own, and then let the application's role in."""
    # Where customers are kept apart, migrations alone change the rows of all of them.
    patience = {"options": f"-c lock_timeout={PATIENCE} -c app.migrating=on"}
    engine = create_engine(owner_url(), poolclass=pool.NullPool, connect_args=patience)
    with engine.connect() as connection:
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()
    with engine.begin() as connection:
        let_in(connection)


def let_in(connection: Connection) -> None:
    """Grant the application's role what it needs: rows, but no tables, and no undone history."""
    role = make_url(settings().database_url).username
    if role is None or role == make_url(owner_url()).username:
        return
    name = connection.dialect.identifier_preparer.quote(role)
    grants = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE ALL ON alembic_version FROM {name}",
    ]
    histories = {
        "platform_readings": "UPDATE, DELETE",
        "platform_moves": "UPDATE, DELETE",
        "platform_changes": "INSERT, UPDATE, DELETE",  # the database alone writes it
    }
    there = {
        table: words for table, words in histories.items() if inspect(connection).has_table(table)
    }
    kept = [f"REVOKE {words} ON {table} FROM {name}" for table, words in there.items()]
    if connection.scalar(text("SELECT to_regproc('platform_forget')")):
        kept.append(f"GRANT EXECUTE ON FUNCTION platform_forget(uuid[]) TO {name}")
    for grant in [*grants, *kept]:
        connection.execute(text(grant))


def owner_url() -> str:
    """Give the address of the owner's role."""
    url = settings().owner_database_url
    if url is None:
        raise SystemExit(
            "Migrations sign in as the owner of the tables: set APP_OWNER_DATABASE_URL."
        )
    return url


if context.is_offline_mode():
    offline()
else:
    online()
