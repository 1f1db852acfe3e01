"""What finds rows by the words that their texts begin with, letters and accents set aside.

The words are cut here and not by a dictionary of PostgreSQL: those take `12-34` for a number below
zero and an address for one word, and know one language each.
"""

from __future__ import annotations

from alembic import op

revision = "0010_words"
down_revision = "0009_tenants"
branch_labels = None
depends_on = None

# What stands between words is listed by its place in Unicode, so that no locale changes the index.
# It costs what cutting does, so that the planner asks an index rather than to cut each row's text.
# A word counts up to its 64th letter: PostgreSQL refuses words of more than two thousand bytes.
WORDS = r"""
CREATE FUNCTION platform_words(said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500 SET search_path = pg_catalog AS $$
  SELECT array_to_tsvector(array_agg(DISTINCT left(word, 64)))
  FROM regexp_split_to_table(
    lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g')),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]+'
  ) AS word
  WHERE word <> ''
$$
"""

# None of what separates words is in one, so nothing in it can end the quotes.
WANTED = """
CREATE FUNCTION platform_wanted(said text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT string_agg('''' || word || ''':*', ' & ')::tsquery
  FROM unnest(tsvector_to_array(platform_words(said))) AS word
$$
"""


def upgrade() -> None:
    """Make the functions."""
    op.execute(WORDS)
    op.execute(WANTED)


def downgrade() -> None:
    """Remove the functions, and the indexes of words."""
    op.execute("DROP FUNCTION platform_wanted(text)")
    op.execute("DROP FUNCTION platform_words(text) CASCADE")
