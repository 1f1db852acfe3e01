"""Who may do what with a record, and the SQL that keeps everyone else out.

A policy holds grants in the blueprint's words: `"technician": ["see own", "change own"]`. Roles
are read from the database for every request. What is not granted is refused:

- no grant at all for the verb: 403,
- a row that the actor may not see: 404, as if it did not exist,
- a row that may be seen, without the verb on it: 403.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Table, false, or_, select, true

from app.platform.blueprint import READS_RECORDED
from app.platform.db import Base, Entity
from app.platform.errors import Forbidden
from app.platform.identity.actor import Actor
from app.platform.workflow import Workflow

VERBS = frozenset({"add", "see", "change", "archive", "export", "unmask"})

POLICIES: dict[str, Policy] = {}
"""Every policy by the table of its record: how one record's rule reaches another's."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that a role may do: to all rows, to its own, or to those with the same value."""

    verb: str
    own: bool = False
    same: str | None = None

    @classmethod
    def parse(cls, words: str) -> Grant:
        """Read `see`, `see own` or `see same branch`."""
        match words.split():
            case [verb]:
                return cls(verb)
            case [verb, "own"]:
                return cls(verb, own=True)
            case [verb, "same", name]:
                return cls(verb, same=name)
        raise ValueError(f"a grant reads 'see', 'see own' or 'see same branch', not {words!r}")


class Policy:
    """The rules of one record.

    `owner` is the path to the user that `own` speaks of: `technician`, or `job.technician` through
    another record. A part has no grants of its own: its parent's rules (`part_of`) hold, and who
    may change the parent adds and takes away parts. People know a row by `shown_as`, imports by
    `key`. `masked` fields show only after `unmask`; `seen_by` and `set_by` narrow fields to roles.
    Moves (`workflow`) are verbs; rules read `limits` of a person; `reads_recorded` notes each look.
    """

    def __init__(  # noqa: PLR0913  -- each is a word of the blueprint
        self,
        entity: type[Entity],
        grants: Mapping[str, Sequence[str]] | None = None,
        *,
        owner: str | None = None,
        part_of: str | None = None,
        shown_as: str = "id",
        key: Sequence[str] = (),
        masked: Sequence[str] = (),
        seen_by: Mapping[str, Sequence[str]] | None = None,
        set_by: Mapping[str, Sequence[str]] | None = None,
        workflow: Workflow | None = None,
        limits: Sequence[str] = (),
        reads_recorded: bool = READS_RECORDED,
    ) -> None:
        self.entity = entity
        self.table = table_of(entity)
        self.grants = {
            role: [Grant.parse(words) for words in granted]
            for role, granted in (grants or {}).items()
        }
        self.workflow = workflow or Workflow()
        for name, move in self.workflow.moves.items():
            for role in move.by:
                self.grants.setdefault(role, []).append(Grant(name, own=move.only_owner))
        self.reads_recorded = reads_recorded
        self.owner = owner
        self.part_of = self.table.info["part_of"] = part_of
        self.shown_as = shown_as
        self.key = tuple(key)
        self.masked = frozenset(masked)
        self.seen_by = {field: frozenset(roles) for field, roles in (seen_by or {}).items()}
        self.set_by = {field: frozenset(roles) for field, roles in (set_by or {}).items()}
        self.limits = frozenset(limits)
        POLICIES[self.table.name] = self

    def require(self, actor: Actor, verb: str) -> None:
        """Refuse an actor none of whose roles was granted the verb.

        Raises Forbidden.
        """
        if not self.granted(actor, verb):
            raise Forbidden(f"Your roles do not allow you to {verb} this.")

    def granted(self, actor: Actor, verb: str) -> list[Grant]:
        """Give the grants of the verb that the actor's roles have, or the system as the clock."""
        if actor.system and (verb == "see" or self.workflow.by_clock(verb)):
            return [Grant(verb)]
        if self.part_of is not None:
            return self.parent().granted(actor, parent_verb(verb))
        held = (grant for role in actor.roles for grant in self.grants.get(role, ()))
        return [grant for grant in held if grant.verb == verb]

    def rows(self, actor: Actor, verb: str) -> ColumnElement[bool]:
        """Give the condition that a row fulfils on which the actor may do this."""
        if self.part_of is not None:
            parent = self.parent()
            allowed = select(parent.table.c.id).where(parent.rows(actor, parent_verb(verb)))
            return column_of(self.table, self.part_of).in_(allowed)
        if not self.scoped(actor, verb):
            return true()
        return or_(false(), *(self._scope(grant, actor) for grant in self.granted(actor, verb)))

    def scoped(self, actor: Actor, verb: str) -> bool:
        """Whether there are rows to which the actor may not do this."""
        if self.part_of is not None:
            return self.parent().scoped(actor, parent_verb(verb))
        return all(grant.own or grant.same for grant in self.granted(actor, verb))

    def hidden_from(self, actor: Actor) -> frozenset[str]:
        """Give the fields that none of the actor's roles sees."""
        return frozenset(f for f, roles in self.seen_by.items() if not roles & actor.roles)

    def kept_back(self, actor: Actor) -> frozenset[str]:
        """Give the fields that the actor is not shown unasked: masked ones, and those not for them."""
        return self.masked | self.hidden_from(actor)

    def check_settable(self, actor: Actor, fields: Iterable[str]) -> None:
        """Refuse to set fields that none of the actor's roles may set; raises Forbidden."""
        for field in fields:
            if field in self.set_by and not self.set_by[field] & actor.roles:
                raise Forbidden(f"Your roles do not allow you to set {field}.")

    def _scope(self, grant: Grant, actor: Actor) -> ColumnElement[bool]:
        if grant.same is None:
            return reaches(self.table, (self.owner or "id").split("."), actor.id)
        name = column_of(self.table, grant.same).name
        return reaches(self.table, [grant.same], actor.facts.get(name))

    def parent(self) -> Policy:
        """Give the policy of the record that this is a part of."""
        return POLICIES[target_of(column_of(self.table, self.part_of or "id")).name]


def parent_verb(verb: str) -> str:
    """Give what somebody needs on the parent to do this to a part."""
    return "change" if verb in ("add", "archive") else verb


def table_of(entity: type[Base]) -> Table:
    """Give the table of a mapped class."""
    return cast(Table, entity.__table__)


def column_of(table: Table, name: str) -> Column[Any]:
    """Give the column of a field; that of a relation `site` is called `site_id`."""
    return table.c[name] if name in table.c else table.c[f"{name}_id"]


def target_of(column: Column[Any]) -> Table:
    """Give the table that a column points to."""
    (key,) = column.foreign_keys
    return key.column.table


def reaches(table: Table, path: Sequence[str], value: Any) -> ColumnElement[bool]:
    """Give the condition that the field at the end of a path of relations holds the value.

    Nothing is not the same as nothing: a missing value fulfils no condition.
    """
    if value is None:
        return false()
    column = column_of(table, path[0])
    if len(path) == 1:
        holds: ColumnElement[bool] = column == value
        return holds
    target = target_of(column)
    return column.in_(select(target.c.id).where(reaches(target, path[1:], value)))


def visible(actor: Actor, table: Table) -> ColumnElement[bool]:
    """Give the condition under which the actor may see, and so point to, a row of the table.

    Everyone may point to themselves.
    """
    seen = POLICIES[table.name].rows(actor, "see")
    return or_(seen, table.c.id == actor.id) if table.name == "users" else seen
