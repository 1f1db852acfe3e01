"""Reading the rows of one record, within what the actor may do.

Every way to a row goes through the policy's condition, in SQL, so that no service can forget it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from typing import Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, literal, select, true

from app.platform import searching
from app.platform.access import Policy, visible
from app.platform.db import Entity
from app.platform.errors import Forbidden, Invalid, NotFound
from app.platform.listing import PageOfRows, asked_about, listing
from app.platform.references import check_references
from app.platform.schemas import In, Query, sent, words_in
from app.platform.sealed import blind
from app.platform.work import UnitOfWork

Row = TypeVar("Row", bound=Entity)


class Rows(Generic[Row]):
    """The rows of one record, as the actor of this work may see them."""

    policy: ClassVar[Policy]

    def __init__(self, work: UnitOfWork, within: UUID | None = None) -> None:
        self.work = work
        self.session = work.session
        self.within = within
        self.entity: type[Row] = self.policy.entity  # type: ignore[assignment]

    def get(self, row_id: UUID, verb: str = "see") -> Row:
        """Give one row that the actor may see, and on which the verb is allowed.

        Raises NotFound for a row that the actor may not see, Forbidden for one without the verb.
        """
        actor, policy = self.work.actor, self.policy
        policy.require(actor, verb)
        asked = select(self.entity, policy.rows(actor, verb).label("allowed")).where(
            self.entity.id == row_id, policy.rows(actor, "see"), self._inside()
        )
        found = self.session.execute(asked).one_or_none()
        if found is None:
            raise NotFound("It does not exist, or it is not for you to see.")
        row, allowed = found
        if not allowed:
            raise Forbidden(f"You may see this, but not {verb} it.")
        return row

    def some(self, row_ids: Collection[UUID]) -> Sequence[Row]:
        """Give those of these rows that the actor may point to; the others are as if not there."""
        return self.session.scalars(select(self.entity).where(*self._pointable(row_ids))).all()

    def telling(self, row_ids: Collection[UUID], asked: Select[Any]) -> Select[Any]:
        """Give the statement that reads what is asked of what `some` gives."""
        return asked.where(*self._pointable(row_ids))

    def _pointable(self, row_ids: Collection[UUID]) -> list[ColumnElement[bool]]:
        """Give the conditions for rows of these ids to which the actor may point."""
        ids = literal([*row_ids], ARRAY(Uuid))  # no list: one statement for any number of rows
        return [self.policy.table.c.id == any_(ids), visible(self.work.actor, self.policy.table)]

    def list(self, query: Query) -> PageOfRows[Row]:
        """Give one page of the rows that the actor may see, those in the archive left out.

        Raises Forbidden for an order or a filter by a field that the actor does not see, because
        where a row stands tells what is in it, and for words where the actor sees no field that
        they are looked for in.
        """
        seen, words = self._asked(query), words_in(query)
        if not words:
            return listing(self.session, self.entity, query, seen)
        sought = searching.found(self.policy, self.work.actor, words)
        sought = searching.few(self.session, self.policy, sought)
        page = listing(self.session, self.entity, query, seen, sought)
        searching.record_search(self.work, self.policy, page.rows)
        return page

    def find(self, wanted: In) -> PageOfRows[Row]:
        """Give the rows whose sealed fields hold exactly these values, at most a hundred.

        Raises Invalid where nothing is looked for, and Forbidden for a field that the actor's
        roles do not see: a guess that finds something would tell its value.
        """
        table = self.policy.table
        if not sent(wanted):
            raise Invalid("Say what to look for: give the value of at least one field.")
        self._refuse(self.policy.hidden_from(self.work.actor) & sent(wanted).keys())
        exact = [
            table.c[f"{name}_digest"] == blind(f"{table.name}.{name}", value)
            for name, value in sent(wanted).items()
        ]
        return listing(self.session, self.entity, Query(limit=100), [*self._seen(), *exact])

    def _asked(self, query: Query) -> Sequence[ColumnElement[bool]]:
        """Give the conditions for what the actor sees, if the query tells of nothing else."""
        hidden = self.policy.kept_back(self.work.actor)
        self._refuse(hidden & asked_about(query))
        self._parent_is_there()
        return self._seen()

    def _refuse(self, hidden: Set[str]) -> None:
        if hidden:
            raise Forbidden(f"Your roles do not see {', '.join(sorted(hidden))}.")

    def _seen(self) -> Sequence[ColumnElement[bool]]:
        self.policy.require(self.work.actor, "see")
        return [self.policy.rows(self.work.actor, "see"), self._inside()]

    def _inside(self) -> ColumnElement[bool]:
        """Keep a part's rows to those of the parent that the route names."""
        part_of = self.policy.part_of
        return true() if part_of is None else self.policy.table.c[f"{part_of}_id"] == self.within

    def _parent_is_there(self) -> None:
        if self.policy.part_of is not None:
            check_references(self.work, self.policy, {f"{self.policy.part_of}_id": self.within})


def rows_of(policy: Policy, work: UnitOfWork, within: UUID | None = None) -> Rows[Entity]:
    """Give the rows of the record that a policy is about."""
    kind = cast(type[Rows[Entity]], type("Rows", (Rows,), {"policy": policy}))
    return kind(work, within)
