"""What keeps the customers of one system apart, where its blueprint separates them.

Where it does not, nothing of this is used.
"""

from __future__ import annotations

from alembic import op

revision = "0009_tenants"
down_revision = "0008_files"
branch_labels = None
depends_on = None

TENANT = """
CREATE FUNCTION platform_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.tenant', true), '')::uuid
$$
"""

SEPARATE = """
CREATE FUNCTION platform_separate(target regclass, whose text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  migrating text := $q$current_setting('app.migrating', true) = 'on'$q$;
  policy text := 'CREATE POLICY %s ON %s %s USING (%s) WITH CHECK (%4$s)';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('DROP POLICY IF EXISTS platform_tenant ON %s', target);
  EXECUTE format('DROP POLICY IF EXISTS platform_migrating ON %s', target);
  EXECUTE format(policy, 'platform_tenant', target, '', whose);
  -- Migrations change the rows of everybody; else the owner of the tables sees none either.
  EXECUTE format(policy, 'platform_migrating', target, 'TO CURRENT_USER', migrating);
END $$
"""


def upgrade() -> None:
    """Make the functions."""
    op.execute(TENANT)
    op.execute(SEPARATE)
    op.execute("REVOKE EXECUTE ON FUNCTION platform_separate(regclass, text) FROM PUBLIC")


def downgrade() -> None:
    """Remove the functions, and the policies that use them."""
    op.execute("DROP FUNCTION platform_separate(regclass, text)")
    op.execute("DROP FUNCTION platform_tenant() CASCADE")
