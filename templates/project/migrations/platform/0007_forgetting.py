"""What lets the application empty histories that it cannot change otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_forgetting"
down_revision = "0006_clock"
branch_labels = None
depends_on = None

# It runs as the owner: the application may call it, and still neither change nor delete a history.
FORGET = """
CREATE FUNCTION platform_forget(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  PERFORM set_config('app.forgetting', 'on', true);
  UPDATE public.platform_moves SET answers = '{}' WHERE record_id = ANY(ids);
  UPDATE public.platform_changes SET fields = '{}' WHERE record_id = ANY(ids);
  PERFORM set_config('app.forgetting', '', true);
END $$
"""


def upgrade() -> None:
    """Make the function, which nobody may call who was not let in."""
    op.execute(sa.text(FORGET))
    op.execute("REVOKE ALL ON FUNCTION platform_forget(uuid[]) FROM PUBLIC")


def downgrade() -> None:
    """Remove the function."""
    op.execute("DROP FUNCTION platform_forget(uuid[])")
