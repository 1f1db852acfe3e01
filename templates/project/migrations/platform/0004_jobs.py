"""The tables of jobs, which are procrastinate's own, and the principal as which jobs act.

`procrastinate.sql` beside this file has the tables.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004_jobs"
down_revision = "0003_changes"
branch_labels = None
depends_on = None

JOBS = Path(__file__).with_name("procrastinate.sql")
SYSTEM = "00000000-0000-7000-8000-000000000001"
TABLES = (
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_jobs",
    "procrastinate_workers",
)
TYPES = (
    "procrastinate_job_to_defer_v1",
    "procrastinate_job_event_type",
    "procrastinate_job_status",
)
FUNCTIONS = """
    DO $$
    DECLARE found regprocedure;
    BEGIN
        FOR found IN SELECT oid FROM pg_proc
            WHERE proname LIKE 'procrastinate%' AND pronamespace = current_schema()::regnamespace
        LOOP
            EXECUTE 'DROP FUNCTION ' || found || ' CASCADE';
        END LOOP;
    END $$
"""


def upgrade() -> None:
    """Make the tables, and the principal as which jobs act."""
    op.execute(literally(JOBS.read_text(encoding="utf-8")))
    op.execute(
        "INSERT INTO platform_principals (id, kind, created_at) "
        f"VALUES ('{SYSTEM}', 'system', now())"
    )


def downgrade() -> None:
    """Remove the tables."""
    op.execute(literally(FUNCTIONS))
    for table in TABLES:
        op.drop_table(table)
    for name in TYPES:
        op.execute(f"DROP TYPE {name}")
    op.execute(f"DELETE FROM platform_principals WHERE id = '{SYSTEM}'")


def literally(sql: str) -> sa.TextClause:
    """Give SQL in which a colon is a colon."""
    return sa.text(sql.replace(":", "\\:"))
