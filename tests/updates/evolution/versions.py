"""The five versions of a field-service company's blueprint, and what becomes of rows in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.commands.world import ROOT

FIRST = ROOT / "examples" / "field_service.yml"
EDITS = Path(__file__).with_name("versions.txt")
"""One block a version: its number, its story, and `-|` lines that become the `+|` lines below."""

HISTORY = "platform_changes"

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Rewording:
    """What a version makes of rows: new names, new words, what new columns hold, and what goes."""

    columns: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    filled: dict[str, Any] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    def of(self, table: str, row: Row) -> Row:
        """What a row of the version before holds now; the history names fields as they are now."""
        if table == HISTORY:
            fields = {
                self.columns.get(f"{row['record']}.{name}", name): said
                for name, said in row["fields"].items()
            }
            return row | {"fields": fields}
        found = {}
        for name, value in row.items():
            where = f"{table}.{name}"
            if where not in self.gone:
                said = self.words.get(where, {})
                found[self.columns.get(where, name)] = said.get(value, value) if said else value
        return found | {
            where.partition(".")[2]: value
            for where, value in self.filled.items()
            if where.startswith(f"{table}.")
        }


REWORDED = {
    2: Rewording(
        columns={
            "households.mobile": "phone",
            "boilers.household_id": "client_id",
            "spare_parts.bought_for": "purchase_price",
        },
        filled={"households.company_number": None},
    ),
    3: Rewording(
        words={
            "visits.urgency": {"high": "urgent"},
            "visits.stage": {"under_way": "on_site"},
        },
        filled={"visits.travel_km": 0, "spare_parts.unit": "piece"},
    ),
    4: Rewording(filled={"visits.contract_id": None, "boilers.site_id": None}),
    5: Rewording(
        gone=(
            "boilers.street",
            "boilers.postcode",
            "boilers.entry",
            "spare_parts.weight",
            "certificates",
            "visits__certificates",
        )
    ),
}
GROWING = "platform_"
"""Tables of the platform may get rows by a migration: the history notes what it changes."""


def lost_rows(before: Rows, after: Rows, rewording: Rewording) -> list[str]:
    """Every row that is not there, or does not hold what it has to; and rows that came by."""
    found = []
    for table, rows in before.items():
        if table in rewording.gone:
            continue
        there = after.get(table, {})
        for key, row in rows.items():
            wanted, held = rewording.of(table, row), there.get(key)
            if held != wanted and held is None:
                found.append(f"{table} {key} is gone")
            elif held != wanted:
                found.append(f"{table} {key}: {sorted(held.items() ^ wanted.items())}")
        if not table.startswith(GROWING) and len(there) != len(rows):
            found.append(f"{table}: {len(rows)} → {len(there)} rows")
    return found


NEW_WORDS: dict[int, dict[str, str]] = {
    2: {"Household": "Client", "mobile": "phone", "bought_for": "purchase_price"},
    3: {"high": "urgent", "under_way": "on_site"},
    4: {},
    5: {},
}
"""What people write instead of an old name, in the lines that an update shows them."""


def blueprint_after(text: str, version: int) -> str:
    """The blueprint of a version, from that of the one before."""
    block = EDITS.read_text(encoding="utf-8").strip().split("\n\n")[version - 2]
    first, *lines = block.splitlines()
    assert first.startswith(f"# {version}: ")
    edits: list[tuple[list[str], list[str]]] = []
    for line in lines:
        if line.startswith("-|"):
            if not edits or edits[-1][1]:
                edits.append(([], []))
            edits[-1][0].append(line[2:])
        else:
            assert line.startswith("+|"), line
            edits[-1][1].append(line[2:])
    for old, new in (("\n".join(old), "\n".join(new)) for old, new in edits):
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text
