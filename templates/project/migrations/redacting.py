"""What was plain and is sealed now does not stay plain in the history of changes."""

from __future__ import annotations

from alembic import op

from migrations.statements import escaped, literal, quoted

LINKS = r"""
SELECT split_part(encode(t.tgargs, 'escape'), '\000', 2) FROM pg_trigger AS t
WHERE t.tgnargs = 2 AND split_part(encode(t.tgargs, 'escape'), '\000', 1) = {table}
"""
"""The relations to several rows of a record: fields that are no columns of its table."""

REDACT = """
UPDATE platform_changes SET fields = (
  SELECT jsonb_object_agg(
    CASE name WHEN {swapped} THEN {column} ELSE name END,
    CASE WHEN {secret} THEN '{{"sealed": true}}' ELSE value END
  ) FROM jsonb_each(fields) AS field (name, value))
WHERE record = {table}
  AND EXISTS (SELECT 1 FROM jsonb_object_keys(fields) AS field (name) WHERE {secret})
"""

PLAIN = """(name IN ({column}, {swapped}) OR name NOT IN (
    SELECT attname FROM pg_attribute
    WHERE attrelid = to_regclass({relation}) AND attnum > 0 AND NOT attisdropped
    UNION ALL {links}))"""


def redact(table: str, column: str, swapped: str) -> None:
    """Leave of a column's older values in the history only that they changed.

    Values under names that no column has any more go too: one of them may have been this one's.
    What the history noted of `swapped`, the column that took its place, was of this one.
    """
    words = {"table": literal(table), "column": literal(column), "swapped": literal(swapped)}
    links = LINKS.format(**words).strip()
    secret = PLAIN.format(**words, relation=literal(quoted(table)), links=links)
    op.execute("SELECT set_config('app.forgetting', 'on', true)")
    op.execute(escaped(REDACT.format(**words, secret=secret).strip()))
    op.execute("SELECT set_config('app.forgetting', '', true)")
