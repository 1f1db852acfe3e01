"""Taking rows away: those that the actor may see and export, page by page, as a table.

A page is asked for when it is sent, so an export of any length needs the memory of one page and no
connection while somebody reads slowly. That it was sent is recorded with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select

from app.platform import searching
from app.platform.access import POLICIES, Policy, target_of, visible
from app.platform.cells import as_json, cell, several
from app.platform.columns import kind_of
from app.platform.db import Entity
from app.platform.errors import Forbidden
from app.platform.keyset import Place, following, order
from app.platform.listing import conditions, sort_of
from app.platform.readings import record_reading
from app.platform.references import links_of
from app.platform.rows import Rows
from app.platform.schemas import Out, Query, words_in
from app.platform.views import unmaskable, view
from app.platform.work import UnitOfWork

PAGE = 500
LAST = ["created_at", "created_by", "updated_at", "updated_by", "version", "hidden_fields"]
NOT_TOLD = {"id", "archived_at", *LAST}

Cells = dict[str, Any]


class ExportedRows(Rows[Entity]):
    """The rows that the actor may see and export."""

    def after(self, query: Query, last: Entity | None) -> Sequence[Entity]:
        """Give the rows that follow this one in the query's order, at most a page.

        Raises what a list raises, and Forbidden without the verb.
        """
        self.policy.require(self.work.actor, "export")
        said = [*self._asked(query), self.policy.rows(self.work.actor, "export")]
        said += conditions(self.entity, query)
        if words := words_in(query):
            sought = searching.found(self.policy, self.work.actor, words)
            said += searching.few(self.session, self.policy, sought)
        sort = sort_of(query)
        column, _ = order(self.entity, sort)
        place = None if last is None else Place(getattr(last, column.key), last.id)
        rows = following(self.session, self.entity, sort, PAGE, said, place)
        if words:
            searching.record_search(self.work, self.policy, rows)
        return rows


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported of a record, and how: `clear` with its masked fields."""

    policy: Policy
    schema: type[Out]
    query: Query
    within: UUID | None = None
    clear: bool = False

    def header(self, work: UnitOfWork) -> list[str]:
        """Give the names of the columns that the actor gets: those of the API.

        A relation `site_id` has a second one, `site`: what people know the other row by.
        """
        hidden = self.hidden(work)
        found = ["id"]
        for name in self.schema.model_fields:
            if name not in NOT_TOLD | hidden:
                known = is_known(work, target(self.policy.table, name))
                found += [name, name.removesuffix("_id")] if known else [name]
        return found + LAST

    def hidden(self, work: UnitOfWork) -> frozenset[str]:
        """Give the fields that are left out for the actor."""
        hidden = self.policy.hidden_from(work.actor)
        return hidden if self.clear else hidden | self.policy.masked

    def page(self, work: UnitOfWork, last: Entity | None) -> Sequence[Entity]:
        """Give the rows of the next page; raises Forbidden where they are not for the actor."""
        if self.clear:
            self.policy.require(work.actor, "unmask")
        # A repository is a class with its policy: this one is made for the policy at hand.
        kind = cast(type[ExportedRows], type("Rows", (ExportedRows,), {"policy": self.policy}))
        return kind(work, self.within).after(self.query, last)

    def lines(
        self, work: UnitOfWork, rows: Sequence[Entity], header: Sequence[str]
    ) -> list[list[str]]:
        """Write rows as lines under the header, and record that the actor takes them away.

        Raises Forbidden when the actor does not get the columns of the header any more.
        """
        if not rows:
            return []
        hidden = self.hidden(work)
        if self.header(work) != header:
            raise Forbidden("What your roles see has changed meanwhile.")
        record_reading(work, rows, header, "export")
        clear = self.unmasked(work, rows)
        names = known_names(work, self.policy.table, header, rows)
        lines = []
        for row in rows:
            left = hidden if not self.clear or row.id in clear else hidden | self.policy.masked
            shown = view(self.schema, row, left).model_dump(mode="json")
            shown["hidden_fields"] = several(sorted(left - hidden))
            shown |= {name: found.get(getattr(row, f"{name}_id")) for name, found in names.items()}
            lines.append([written(self.policy, name, shown[name]) for name in header])
        return lines

    def unmasked(self, work: UnitOfWork, rows: Sequence[Entity]) -> set[UUID]:
        """Give the ids of the rows whose masked fields are shown, and record that they are."""
        found = unmaskable(work, rows) if self.clear else []
        if found:
            record_reading(work, found, sorted(self.policy.masked - self.hidden(work)))
        return {row.id for row in found}


def written(policy: Policy, name: str, value: Any) -> str:
    """Write one value into its cell."""
    if value is not None and name in links_of(policy.entity):
        return several(value)
    stored = policy.table.c.get(name)
    if value is not None and stored is not None and kind_of(stored) == "json":
        return cell(as_json(value))
    return cell(value)


def target(table: Table, name: str) -> Table | None:
    """Give the table that a field of a record points to, if it does."""
    column = table.c.get(name)
    points = column is not None and column.foreign_keys and name.endswith("_id")
    return target_of(column) if points and column is not None else None


def is_known(work: UnitOfWork, table: Table | None) -> bool:
    """Whether the rows of a table have a name that the actor may read without asking for it."""
    if table is None or table.name not in POLICIES:
        return False
    policy = POLICIES[table.name]
    shown = table.c.get(policy.shown_as)
    hidden = policy.kept_back(work.actor) | {"id"}
    return shown is not None and shown.name not in hidden and not shown.foreign_keys


def known_names(
    work: UnitOfWork, table: Table, header: Sequence[str], rows: Sequence[Entity]
) -> Mapping[str, Mapping[UUID, str]]:
    """Give, for each relation with a name, the names of what the rows point to, by their ids.

    What the actor may not see has none.
    """
    found = {}
    for name in header:
        other = target(table, f"{name}_id")
        if other is not None:
            shown = other.c[POLICIES[other.name].shown_as]
            ids = {getattr(row, f"{name}_id") for row in rows}
            asked = select(other.c.id, shown).where(other.c.id.in_(ids), visible(work.actor, other))
            found[name] = {row_id: str(words) for row_id, words in work.session.execute(asked)}
    return found
