"""What the database guards by itself belongs to a table as its columns do.

Alembic compares neither triggers nor policies. Here they are compared, so that the drift check
finds a table without its guards, and that a migration which makes a table brings them along.
"""

from __future__ import annotations

import re
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.plugins import Plugin
from alembic.util import DispatchPriority, PriorityDispatchResult
from sqlalchemy import Connection, text

from app.platform.separation import POLICY, separate, separated
from app.platform.watching import TRIGGER, Watched, unwatch, watch, watched

NAME = "app.guards"
THERE = r"""
SELECT c.relname, replace(encode(t.tgargs, 'escape'), '\000', ',')
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE t.tgname = :trigger AND t.tgenabled IN ('O', 'A')
"""


APART = """
SELECT c.relname, pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
  AND p.polcmd = '*' AND p.polroles = '{0}' AND c.relrowsecurity AND c.relforcerowsecurity,
  pg_get_expr(p.polqual, p.polrelid)
FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
WHERE p.polname = :policy
"""


class Guard(ops.MigrateOperation):
    """A statement that guards a table, and the one that takes it back."""

    def __init__(self, table: str, statement: str, back: str) -> None:
        self.table_name = table
        self.statement = statement
        self.back = back

    def reverse(self) -> Guard:
        """Give the way back."""
        return Guard(self.table_name, self.back, self.statement)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Give what the drift check shows."""
        return ("guard", self.table_name, self.statement)


@renderers.dispatch_for(Guard)
def render(_: AutogenContext, guard: Guard) -> str:
    """Give the Python of the statement."""
    return f"op.execute({guard.statement!r})"


def compare(context: AutogenContext, upgrade: ops.UpgradeOps) -> PriorityDispatchResult:
    """Add what is missing to guard every table."""
    there = triggers(context.connection) if context.connection is not None else {}
    for table, wanted in sorted(watched().items()):
        if there.get(table) != wanted:
            upgrade.ops.append(Guard(table, watch(table, wanted), unwatch(table)))
    kept = policies(context.connection) if context.connection is not None else {}
    for table, condition in sorted(separated().items()):
        if kept.get(table) != plain(condition):
            upgrade.ops.append(Guard(table, separate(table, condition), join(table)))
    return PriorityDispatchResult.CONTINUE


def policies(connection: Connection) -> dict[str, str]:
    """Give the tables whose rows are kept apart, and the condition under which one is shown."""
    found = connection.execute(text(APART), {"policy": POLICY})
    return {table: plain(condition) for table, whole, condition in found if whole}


def plain(condition: str) -> str:
    """Give a condition as PostgreSQL and we write it alike: it adds brackets, types and breaks."""
    return re.sub(r"::uuid|[()\s]", "", condition)


def join(table: str) -> str:
    """Give the statement that shows the rows of a table to all again."""
    return f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY'


def triggers(connection: Connection) -> dict[str, Watched]:
    """Give the tables whose changes are noted, and how."""
    found = connection.execute(text(THERE), {"trigger": TRIGGER})
    return {table: Watched(*filter(None, said.split(","))) for table, said in found}


Plugin(NAME).add_autogenerate_comparator(
    compare,  # type: ignore[arg-type]
    "autogenerate",
    priority=DispatchPriority.LAST,
)
