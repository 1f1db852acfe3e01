"""The functions with which the database itself writes the history of changes.

A trigger on the table of every record notes what changes, so no statement can pass by it. It
writes as the owner of the tables: the application's role may read the history, and no more.
"""

from __future__ import annotations

from alembic import op

revision = "0003_changes"
down_revision = "0002_histories"
branch_labels = None
depends_on = None

NEW_ID = """
CREATE FUNCTION platform_new_id() RETURNS uuid LANGUAGE sql VOLATILE
SET search_path = pg_catalog AS $$
  -- UUIDv7 to the microsecond; PostgreSQL has one of its own from 18 on.
  SELECT (lpad(to_hex(t / 1000), 12, '0') || '7' || lpad(to_hex(t % 1000 * 4096 / 1000), 3, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS t) AS now
$$
"""

NOTE = """
CREATE FUNCTION platform_note(
  whose text, row_id uuid, tenant text, what text, changed jsonb
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.platform_changes
    (id, at, record, record_id, operation, fields, tenant__id, actor_id, reference,
     database_role)
  VALUES (
    public.platform_new_id(), now(), whose, row_id, what, changed, tenant::uuid,
    nullif(current_setting('app.actor', true), '')::uuid,
    nullif(current_setting('app.reference', true), ''), session_user
  );
END $$
"""

NOTE_CHANGE = """
CREATE FUNCTION platform_note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET timezone = 'UTC' SET intervalstyle = 'iso_8601' AS $$
DECLARE
  before jsonb := '{}';
  after jsonb := '{}';
  changed jsonb;
  what text := 'change';
BEGIN
  IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW); END IF;
  -- Of what is kept as bytes, sealed values, only that it changed. Numbers as text: JSON's own
  -- would be rounded by whoever reads them.
  SELECT jsonb_object_agg(a.attname, CASE a.atttypid
    WHEN 'bytea'::regtype THEN '{"sealed": true}'
    WHEN 'numeric'::regtype THEN
      jsonb_build_object('old', before ->> a.attname, 'new', after ->> a.attname)
    ELSE jsonb_build_object('old', before -> a.attname, 'new', after -> a.attname) END)
  INTO changed
  FROM pg_attribute AS a
  WHERE a.attrelid = TG_RELID AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attname NOT IN ('id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version',
      'tenant__id')
    AND coalesce(before -> a.attname, 'null') <> coalesce(after -> a.attname, 'null');
  CASE TG_OP
    WHEN 'INSERT' THEN what := 'add';
    WHEN 'DELETE' THEN what := 'erase';
    ELSE
      IF changed IS NULL THEN RETURN NULL; END IF;
      IF before ->> 'archived_at' IS NULL AND after ->> 'archived_at' IS NOT NULL THEN
        what := 'archive';
      END IF;
  END CASE;
  PERFORM public.platform_note(
    TG_TABLE_NAME, coalesce(after ->> 'id', before ->> 'id')::uuid,
    coalesce(after ->> 'tenant__id', before ->> 'tenant__id'), what, coalesce(changed, '{}')
  );
  RETURN NULL;
END $$
"""

NOTE_LINK = """
CREATE FUNCTION platform_note_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM public.platform_note(TG_ARGV[0], OLD.row_id,
      to_jsonb(OLD) ->> 'tenant__id', 'change', jsonb_build_object(
      TG_ARGV[1], jsonb_build_object('old', OLD.target_id, 'new', NULL)));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM public.platform_note(TG_ARGV[0], NEW.row_id,
      to_jsonb(NEW) ->> 'tenant__id', 'change', jsonb_build_object(
      TG_ARGV[1], jsonb_build_object('old', NULL, 'new', NEW.target_id)));
  END IF;
  RETURN NULL;
END $$
"""

FUNCTIONS = {
    "platform_new_id()": NEW_ID,
    "platform_note(text, uuid, text, text, jsonb)": NOTE,
    "platform_note_change()": NOTE_CHANGE,
    "platform_note_link()": NOTE_LINK,
}


def upgrade() -> None:
    """Make the functions, for the triggers of the owner alone."""
    for name, text in FUNCTIONS.items():
        op.execute(text)
        # Who may run one of these could write a history of things that never were.
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")


def downgrade() -> None:
    """Remove the functions, and the triggers that use them."""
    for name in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {name} CASCADE")
