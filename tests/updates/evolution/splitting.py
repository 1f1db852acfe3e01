"""The half of a split that a blueprint cannot say: rows of the new record, written by hand."""

from __future__ import annotations

import re

from tests.commands.world import commit
from tests.updates.evolution.company import Company

MOVE = """WITH place AS (
  SELECT id AS boiler_id, gen_random_uuid() AS site_id FROM boilers WHERE site_id IS NULL
), made AS (
  INSERT INTO sites (id, version, client_id, street, postcode, entry,
    created_at, created_by, updated_at, updated_by, archived_at)
  SELECT place.site_id, 1, client_id, street, postcode, entry,
    created_at, created_by, updated_at, updated_by, archived_at
  FROM boilers JOIN place ON place.boiler_id = boilers.id
)
UPDATE boilers SET site_id = place.site_id FROM place WHERE place.boiler_id = boilers.id"""
BACK = "DELETE FROM sites WHERE id IN (SELECT site_id FROM boilers)"


def split(company: Company) -> None:
    """Give every boiler a place with the address that it has."""
    before = company.rows()
    company.make("data-migration", "NAME=a place for each boiler")
    (path,) = company.project.glob("migrations/versions/*_a_place_for_each_boiler.py")
    up = f'    op.execute("""{MOVE}""")\n'
    down = f'    op.execute("{BACK}")\n'
    text = path.read_text(encoding="utf-8").replace("import sqlalchemy as sa\n", "")
    text = re.sub(r"(def upgrade.*\n)    pass\n", lambda found: found[1] + up, text)
    text = re.sub(r"(def downgrade.*\n)    pass\n", lambda found: found[1] + down, text)
    path.write_text(text, encoding="utf-8")
    company.make("format")
    company.make("prove")
    company.make("migrate")
    after = company.rows()
    for boiler, row in before["boilers"].items():
        site = after["sites"][after["boilers"][boiler]["site_id"]]
        for name in ("client_id", "street", "postcode", "entry", "created_at", "created_by"):
            assert site[name] == row[name]
    commit(company.project, "addresses are places")
