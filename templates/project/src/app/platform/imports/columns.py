"""What the columns of a table mean, and what stands in the cells of a line.

A file that was exported can be changed and sent back: columns that nobody sets are left aside,
`version` says which version was changed, and `hidden_fields` which cells say nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import String, Table, cast, select

from app.platform.access import POLICIES, Policy, visible
from app.platform.cells import meant
from app.platform.columns import kind_of
from app.platform.errors import FieldError, Invalid
from app.platform.exports import LAST, is_known, target
from app.platform.expressions import CALCULATED
from app.platform.references import links_of
from app.platform.work import UnitOfWork

WHOLE = re.compile("-?[0-9]{1,16}")
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
ABOUT = ("version", "hidden_fields")


@dataclass(frozen=True, slots=True)
class Cells:
    """What a line says: values as JSON, the fields that it leaves blank, and of which version."""

    values: dict[str, Any]
    blank: list[str]
    version: str


@dataclass(slots=True)
class Columns:
    """The columns of a table, as its header names them.

    `fields` says which column holds which field, `names` which ones hold, instead of an id, what
    people know another row by.
    """

    work: UnitOfWork
    policy: Policy
    fields: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    about: dict[str, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    found: dict[tuple[str, str], UUID | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls, work: UnitOfWork, policy: Policy, settable: set[str], header: Sequence[str]
    ) -> Columns:
        """Read a header; raises Invalid for a column that there is not, or is there twice."""
        columns, faults = cls(work, policy), []
        for at, text in enumerate(header):
            name = text.strip()
            if name in [*columns.fields, *columns.names, *columns.about, *columns.ignored]:
                faults.append(FieldError(f"columns.{at + 1}", "twice", "is there twice"))
            elif not columns.take(name, at, settable):
                faults.append(FieldError(f"columns.{at + 1}", "unknown", "is no field"))
        missing = [name for name in policy.key if not columns.holds(name)]
        faults += [FieldError(name, "missing", "has no column") for name in missing]
        if faults:
            known = ", ".join(sorted(settable))
            raise Invalid(f"The first line names the fields: {known}.", errors=faults)
        return columns

    def take(self, name: str, at: int, settable: set[str]) -> bool:
        """Note what a column holds; False where nothing is called so."""
        other = target(self.policy.table, f"{name}_id")
        calculated = CALCULATED.get(self.policy.table.name, {})
        if name in settable:
            self.fields[name] = at
        elif f"{name}_id" in settable and is_known(self.work, other):
            self.names[name] = at
        elif name in ABOUT:
            self.about[name] = at
        elif name in [*self.policy.table.c.keys(), *calculated, *LAST] or other is not None:
            self.ignored.append(name)
        else:
            return False
        return True

    def holds(self, name: str) -> bool:
        """Whether a column says this field, or the route does."""
        parent = self.policy.part_of is not None and name == f"{self.policy.part_of}_id"
        return parent or name in self.fields or name.removesuffix("_id") in self.names

    def read(self, line: Sequence[str]) -> Cells:
        """Read a line; raises Invalid with the fields that cannot be read."""
        width = len(self.fields) + len(self.names) + len(self.about) + len(self.ignored)
        if any(line[width:]):
            raise Invalid("There is more in this line than the first line names.")
        cells = [*line, *[""] * (width - len(line))]
        hidden = cells[self.about["hidden_fields"]].split() if "hidden_fields" in self.about else []
        values: dict[str, Any] = {}
        faults = []
        for name, at in self.fields.items():
            try:
                if cells[at] and name not in hidden:
                    values[name] = self.value(name, meant(cells[at]))
            except ValueError:
                faults.append(FieldError(name, "unreadable", "is not written as this field is"))
        faults += list(self.add_named(cells, values))
        if faults:
            raise Invalid(errors=faults)
        said = [*self.fields, *(f"{name}_id" for name in self.names)]
        blank = [name for name in said if name not in values and name not in hidden]
        version = cells[self.about["version"]] if "version" in self.about else ""
        return Cells(values, list(dict.fromkeys(blank)), version)

    def add_named(self, cells: Sequence[str], values: dict[str, Any]) -> list[FieldError]:
        """Add the ids of rows that cells name; give the names that do not say one row."""
        faults = []
        for name, at in self.names.items():
            if not cells[at]:
                continue
            row_id = self.row_named(name, meant(cells[at]))
            if row_id is None:
                faults.append(FieldError(name, "unknown_reference", "does not name one row"))
            elif values.setdefault(f"{name}_id", str(row_id)).lower() != str(row_id):
                faults.append(FieldError(name, "contradiction", f"is another row than {name}_id"))
        return faults

    def row_named(self, name: str, text: str) -> UUID | None:
        """Give the id of the one row in use, of those that the actor sees, that is known so."""
        if (name, text) not in self.found:
            table = target(self.policy.table, f"{name}_id")
            ids = [] if table is None else self.rows_named(table, text)
            self.found[name, text] = ids[0] if len(ids) == 1 else None
        return self.found[name, text]

    def rows_named(self, table: Table, text: str) -> Sequence[UUID]:
        """Give the ids of at most two rows that are known so."""
        shown = cast(table.c[POLICIES[table.name].shown_as], String)
        seen = visible(self.work.actor, table)
        asked = select(table.c.id).where(shown == text, table.c.archived_at.is_(None), seen)
        return self.work.session.scalars(asked.limit(2)).all()

    def value(self, name: str, text: str) -> Any:
        """Read a cell as JSON would hold the field; raises ValueError."""
        if name in links_of(self.policy.entity):
            return text.split()
        kind = kind_of(self.policy.table.c[name])
        if kind == "json":
            return json.loads(text)
        if kind == "integer" and WHOLE.fullmatch(text):
            return int(text)
        if kind == "yes_no":
            return FLAGS.get(text.lower(), text)
        return text
