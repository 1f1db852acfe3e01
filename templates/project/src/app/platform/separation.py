"""Keeping the customers of one system apart, where its blueprint separates them.

Each of their rows says whose it is, and PostgreSQL itself shows and takes only rows of the
customer that the transaction works for (row-level security). While nobody is signed in, no
transaction works for one: then nothing but sign-ins can be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Engine, select, text

from app.platform.blueprint import SEPARATED_BY
from app.platform.constraints import TENANT
from app.platform.db import Base, Session

POLICY, MIGRATING = "platform_tenant", "platform_migrating"

OWN = "tenant__id = platform_tenant()"
COMMON = f"tenant__id IS NULL OR {OWN}"
OF_PEOPLE = (
    "platform_tenant() IS NULL OR EXISTS (SELECT FROM platform_principals p WHERE p.id = {})"
)
OF_PROOFS = (
    "platform_tenant() IS NULL OR EXISTS "
    "(SELECT FROM platform_identities i WHERE i.id = platform_proofs.identity_id)"
)
PLATFORM = {
    "platform_principals": f"platform_tenant() IS NULL OR {OWN}",
    "platform_passwords": OF_PEOPLE.format("platform_passwords.principal_id"),
    "platform_invitations": OF_PEOPLE.format("platform_invitations.principal_id"),
    "platform_sign_in_sessions": OF_PEOPLE.format("platform_sign_in_sessions.principal_id"),
    "platform_identities": OF_PEOPLE.format("platform_identities.principal_id"),
    "platform_proofs": OF_PROOFS,
    "platform_idempotency_keys": OF_PEOPLE.format("platform_idempotency_keys.actor_id"),
    "platform_number_series": f"{OWN} OR tenant__id = '{UUID(int=0)}'",
    "platform_messages": COMMON,
    "platform_readings": COMMON,
    "platform_moves": COMMON,
    "platform_changes": COMMON,
    "platform_clock_moves": COMMON,
    "platform_files": COMMON,
}
"""The tables of the platform that hold something of one customer, and what may be seen of them.

What is about rows that all have in common belongs to nobody, and all see it. People can be looked
up while nobody is signed in; afterwards, those of the same customer.
"""

MIGHTY = """
SELECT rolsuper OR rolbypassrls OR EXISTS (
  SELECT FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND pg_has_role(current_user, relowner, 'MEMBER')
)
FROM pg_roles WHERE rolname = current_user
"""


class NotSeparated(Exception):
    """The application would see the rows of all customers, so it does not start."""


def separated(separated_by: str | None = SEPARATED_BY) -> Mapping[str, str]:
    """Give each table whose rows are kept apart, and the condition under which a row is shown."""
    if separated_by is None:
        return {}
    tables = Base.metadata.tables.values()
    own = (table.name for table in tables if TENANT in table.columns)
    return {name: OWN for name in own if name not in PLATFORM} | PLATFORM


def separate(table: str, condition: str) -> str:
    """Give the statement that keeps the rows of a table apart."""
    quoted = condition.replace("'", "''")
    return f"SELECT platform_separate('{table}', '{quoted}')"


def refuse_mighty(engine: Engine, separated_by: str | None = SEPARATED_BY) -> None:
    """Refuse to work as a database role that no policy holds.

    Raises NotSeparated for a superuser, for a role that bypasses row-level security, and for one
    that owns the tables or may become their owner.
    """
    if separated_by is None:
        return
    with engine.connect() as connection:
        if connection.scalar(text(MIGHTY)):
            raise NotSeparated(
                "APP_DATABASE_URL names a database role that sees the rows of all customers: it "
                "is a superuser, bypasses row-level security or owns the tables. Use the role "
                "`app`, which does not."
            )


def is_customer(session: Session, tenant_id: UUID, separated_by: str | None = SEPARATED_BY) -> bool:
    """Whether there is a customer of that id, whose rows are kept apart."""
    if separated_by is None:
        return False
    ids = Base.metadata.tables[separated_by].c.id
    return session.scalar(select(ids).where(ids == tenant_id)) is not None
