"""A blueprint as the rest of Solidground sees it: short forms expanded, defaults applied."""

from __future__ import annotations

from dataclasses import dataclass, field

from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.sections import (
    Delivery,
    Identity,
    Keep,
    Link,
    OpenItem,
    Support,
    WhyBuild,
)

Names = tuple[tuple[str, str], ...]
"""Pairs of an old name and the one that it has now."""

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. Numbers that may have a fraction, dates and times are text."""

    name: str
    type: str
    choices: tuple[str, ...] = ()
    record: str | None = None
    many: bool = False
    optional: bool = False
    unique: bool = False
    searchable: bool = False
    default: JsonValue = None
    has_default: bool = False
    min: int | str | None = None
    max: int | str | None = None
    pattern: str | None = None
    places: int | None = None
    file_types: tuple[str, ...] = ()
    max_mb: int | None = None
    if_deleted: str = "refuse"
    level: Level = Level.INTERNAL
    kinds: tuple[Kind, ...] = ()
    seen_by: tuple[str, ...] = ()
    set_by: tuple[str, ...] = ()
    find_exact: bool = False
    calculated: Expression | None = None
    about: str | None = None
    example: JsonValue = None
    was: str | None = None
    backfill: JsonValue = None
    renamed: Names = ()
    retired: tuple[str, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether its column is encrypted. Relations and calculated fields never are."""
        return self.level is Level.RESTRICTED and self.type != "record" and not self.calculated

    @property
    def masked(self) -> bool:
        """Whether it shows only after `unmask`. A relation never is."""
        return self.level >= Level.CONFIDENTIAL and self.type != "record"


@dataclass(frozen=True, slots=True)
class Number:
    """A reference-number series, such as Q-{year}-00001: width 5, start 1, yearly."""

    format: str
    gapless: bool
    width: int
    start: int
    yearly: bool


@dataclass(frozen=True, slots=True)
class PartOf:
    """Composition: `part_of: Quote as lines` makes the field `quote` (`field`)."""

    parent: str
    collection: str
    field: str


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold for every row; the message is what people see."""

    message: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Move:
    """A way from stages to a stage, and who may take it. `tells` are paths."""

    name: str
    from_: tuple[str, ...]
    to: str
    by: tuple[str, ...] = ()
    only_owner: bool = False
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    if_: Expression | None = None
    not_same_person_as: str | None = None
    tells: tuple[str, ...] = ()
    once_past: str | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """Stages (the first is the start), those in which nothing can be edited, and moves."""

    stages: tuple[str, ...]
    locked: tuple[str, ...]
    moves: dict[str, Move]
    renamed: Names = ()
    retired: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether every stage is locked, so that nothing is ever edited."""
        return set(self.stages) <= set(self.locked)


@dataclass(frozen=True, slots=True)
class Grant:
    """`see same branch` is verb see, scope same, same branch; a scope of None means all."""

    role: str
    verb: str
    scope: str | None = None
    same: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record; its `level` and `kinds` are those of a field that says nothing of its own.

    `unique` holds groups of fields; `key` is unique too. A part has no grants: its parent's hold.
    """

    name: str
    shown_as: str
    about: str | None = None
    steward: str | None = None
    number: Number | None = None
    key: tuple[str, ...] = ()
    part_of: PartOf | None = None
    shared: bool = False
    owner: str | None = None
    level: Level = Level.INTERNAL
    kinds: tuple[Kind, ...] = ()
    fields: dict[str, Field] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    workflow: Workflow | None = None
    grants: tuple[Grant, ...] = ()
    link: Link | None = None
    audit: str = "changes"
    delete: str = "archive"
    keep: Keep | None = None
    was: str | None = None
    plural: str | None = None
    retired: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The whole of a blueprint. `text` is its source, `said` the dotted keys it wrote."""

    app: str
    text: str
    about: str | None = None
    currencies: tuple[str, ...] = ()
    timezone: str = "UTC"
    posture: Level = Level.INTERNAL
    kinds: frozenset[Kind] = frozenset()
    audit: str = "changes"
    separate_by: str | None = None
    identity: Identity = field(default_factory=Identity)
    support: Support = field(default_factory=Support)
    delivery: Delivery = field(default_factory=Delivery)
    why_build: WhyBuild | None = None
    open_items: tuple[OpenItem, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
