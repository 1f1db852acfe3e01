"""Changing the rows of one record, within what the actor may do.

A domain's repository is a subclass that names its policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from app.platform.archive import archive
from app.platform.checks import refuse_broken, refuse_whole
from app.platform.db import new_id
from app.platform.erasing import erase
from app.platform.errors import (
    Conflict,
    FieldError,
    Forbidden,
    PreconditionFailed,
    PreconditionRequired,
)
from app.platform.files.claims import claim_files
from app.platform.limits import refuse_own_limits
from app.platform.locks import refuse_in_locked, refuse_locked
from app.platform.references import check_references, links_of
from app.platform.rows import Row, Rows
from app.platform.schemas import In, given, sent
from app.platform.scoping import scopes
from app.platform.sealed import blind


class Repository(Rows[Row]):
    """The rows of one record, as the actor of this work may reach and change them."""

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
        # What is said to be empty need not be read to be shown.
        links: dict[str, Any] = {f"_{name}": [] for name in links_of(self.entity)}
        row = self.entity(id=new_id(), created_by=actor.id, updated_by=actor.id, **links)
        claim_files(self.work, self.policy, row, values)
        self._set(row, values)
        return row

    def add(self, row: Row) -> Row:
        """Add what `build` made; raises Forbidden for a row outside the actor's scope.

        Raises Conflict where a check is broken, its own or one of its whole.
        """
        refuse_broken(self.session, row)
        self.session.add(row)
        self.session.flush()
        self._stays_within(row, "add")
        refuse_whole(self.session, self.policy, row)
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
        self.put(row, sent(data))

    def put(self, row: Row, values: Mapping[str, Any]) -> None:
        """Set values of fields on a row that may be changed; raises what `build` raises."""
        self.policy.check_settable(self.work.actor, values.keys())
        refuse_own_limits(self.work.actor, self.policy, row, values)
        check_references(self.work, self.policy, values, row)
        claim_files(self.work, self.policy, row, values)
        self._set(row, values)

    def save(self, row: Row) -> Row:
        """Save what was changed; raises Forbidden where it leaves the actor's scope.

        Raises Conflict where a check is broken, its own or one of its whole.
        """
        if self.session.is_modified(row):
            refuse_broken(self.session, row)
            self._touch(row)
            self.session.flush()
            self._stays_within(row, "change")
            refuse_whole(self.session, self.policy, row)
        return row

    def archive(self, row: Row) -> None:
        """Put a row into the archive, with what belongs to it. It leaves lists and keeps its id.

        Raises Conflict while something that must not lose it still points to it, or where a check
        of its whole is broken without it.
        """
        self._touch(row)
        archive(self.session, row, self.work.now)
        self.session.flush()
        refuse_whole(self.session, self.policy, row)

    def erase(self, row: Row) -> None:
        """Remove a row for good, with all that goes with it, and what is kept about it elsewhere.

        Raises Conflict while something that must not lose it still points to it.
        """
        self._touch(row)
        erase(self.session, row)
        refuse_whole(self.session, self.policy, row)

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
            fields = scopes(policy, actor, verb)
            words = " or ".join(name.removesuffix("_id").replace("_", " ") for name in fields)
            raise Forbidden(
                f"With these values it is not yours to {verb}: its {words} has to be yours.",
                errors=[FieldError(name, "scope", "has to be yours") for name in fields],
            )
