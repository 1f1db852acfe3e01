"""Reading and writing the rows of one record, within what the actor may do.

A domain's repository is a subclass that names its policy. Every way to a row goes through the
policy's condition, in SQL, so that no service can forget it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true

from app.platform.access import Policy
from app.platform.archive import archive
from app.platform.db import Entity
from app.platform.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
)
from app.platform.listing import PageOfRows, asked_about, listing
from app.platform.locks import refuse_in_locked, refuse_locked
from app.platform.references import check_references
from app.platform.schemas import In, Query, given, sent
from app.platform.sealed import blind
from app.platform.work import UnitOfWork

Row = TypeVar("Row", bound=Entity)


class Repository(Generic[Row]):
    """The rows of one record, as the actor of this work may reach them."""

    policy: ClassVar[Policy]

    def __init__(self, work: UnitOfWork, within: UUID | None = None) -> None:
        self.work = work
        self.session = work.session
        self.within = within
        self.entity: type[Row] = self.policy.entity  # type: ignore[assignment]

    def build(self, data: In, /, **preset: Any) -> Row:
        """Make a row of what was sent, for the rules to look at before it is added.

        `preset` is what the system itself sets where nothing was sent. Raises Forbidden for a value
        that the actor may not set, and Conflict for a relation to something that is not there for
        the actor.
        """
        actor = self.work.actor
        self.policy.require(actor, "add")
        self.policy.check_settable(actor, data.model_fields_set)
        values = preset | given(data)
        if self.policy.part_of is not None:
            values[f"{self.policy.part_of}_id"] = self.within
        check_references(self.work, self.policy, values)
        if self.within is not None:
            refuse_in_locked(self.session, self.policy, self.within)
        row = self.entity(created_by=actor.id, updated_by=actor.id)
        self._set(row, values)
        return row

    def add(self, row: Row) -> Row:
        """Add what `build` made; raises Forbidden for a row outside the actor's scope."""
        self.session.add(row)
        self.session.flush()
        self._stays_within(row, "add")
        return row

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

    def to_change(self, row_id: UUID, verb: str = "change") -> Row:
        """Give one row in the version that the request's If-Match names, to change it.

        Raises what `get` raises, and PreconditionRequired, PreconditionFailed or, for a row in
        the archive or a locked stage, Conflict. What is locked can still go into the archive.
        """
        row = self.get(row_id, verb)
        if self.work.if_match is None:
            raise PreconditionRequired("Send If-Match with the ETag of the version you read.")
        if self.work.if_match != f'"{row.version}"':
            raise PreconditionFailed("Someone else changed it meanwhile: read it again.")
        if row.archived_at is not None:
            raise Conflict("It is in the archive, where nothing changes.", code="archived")
        if verb == "change" or self.within is not None:
            refuse_locked(self.session, self.policy, row)
        return row

    def fill(self, row: Row, data: In) -> None:
        """Set what was sent on a row that came from `to_change`; raises what `build` raises."""
        values = sent(data)
        self.policy.check_settable(self.work.actor, values.keys())
        check_references(self.work, self.policy, values, row)
        self._set(row, values)

    def save(self, row: Row) -> Row:
        """Save what was changed; raises Forbidden where it leaves the actor's scope."""
        if self.session.is_modified(row):
            self._touch(row)
            self.session.flush()
            self._stays_within(row, "change")
        return row

    def archive(self, row: Row) -> None:
        """Put a row into the archive, with what belongs to it. It leaves lists and keeps its id.

        Raises Conflict while something that must not lose it still points to it.
        """
        self._touch(row)
        archive(self.session, row, self.work.now)
        self.session.flush()

    def erase(self, row: Row) -> None:
        """Remove a row for good; raises Conflict while something still points to it."""
        self.session.delete(row)
        self.session.flush()

    def list(self, query: Query) -> PageOfRows[Row]:
        """Give one page of the rows that the actor may see, those in the archive left out.

        Raises Forbidden for an order or a filter by a field that the actor does not see, because
        where a row stands tells what is in it.
        """
        hidden = self.policy.masked | self.policy.hidden_from(self.work.actor)
        self._refuse(hidden & asked_about(query))
        self._parent_is_there()
        return listing(self.session, self.entity, query, self._seen())

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

    def _set(self, row: Row, values: Mapping[str, Any]) -> None:
        columns = self.policy.table.c
        for name, value in values.items():
            setattr(row, name, value)
            if f"{name}_digest" in columns:
                place = f"{self.policy.table.name}.{name}"
                setattr(row, f"{name}_digest", None if value is None else blind(place, value))

    def _touch(self, row: Row) -> None:
        row.updated_at = self.work.now
        row.updated_by = self.work.actor.id

    def _stays_within(self, row: Row, verb: str) -> None:
        """Refuse values that put a row where the actor may not do this any more."""
        actor, policy = self.work.actor, self.policy
        if policy.scoped(actor, verb) and not self.session.scalar(
            select(exists().where(policy.table.c.id == row.id, policy.rows(actor, verb)))
        ):
            raise Forbidden(f"With these values it is not yours to {verb}.")
