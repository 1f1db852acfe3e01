"""What the console knows of each record: its policy, its service, its schemas and its words.

A record's package holds `service`, `schemas` and `router`; the schemas are called after the class,
such as `JobCreate`. So no record has a line of code for its pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, create_model

from app.platform.access import POLICIES, Policy
from app.platform.console.fields import Field, fields_of
from app.platform.console.own import NOTHING, Own
from app.platform.console.words import Words
from app.platform.db import Entity
from app.platform.http.changing import policy_of
from app.platform.naming import points
from app.platform.schemas import Out
from app.platform.workflow import Move

HOME = "/records"

SCREENS: dict[str, Screen] = {}
"""Every record's pages by its table, in the order of the blueprint."""


def screens_of(routers: Sequence[APIRouter], words: Mapping[str, Words]) -> tuple[Screen, ...]:
    """Give the pages of the records that these routers are about."""
    return tuple(Screen.of(router, words[policy_of(router).table.name]) for router in routers)


@dataclass(frozen=True)
class Screen:
    """The pages of one record. `path` is that of the API, which for a part names its whole."""

    policy: Policy
    path: str
    service: ModuleType
    schemas: ModuleType
    words: Words
    own: Own = NOTHING

    @classmethod
    def of(cls, router: APIRouter, words: Words) -> Screen:
        """Find what belongs to the record that a router is about, and keep it in `SCREENS`."""
        policy = policy_of(router)
        package = policy.entity.__module__.rpartition(".")[0]
        service, schemas = (import_module(f"{package}.{name}") for name in ("service", "schemas"))
        screen = cls(policy, HOME + router.prefix, service, schemas, words, Own.of(package))
        SCREENS[policy.table.name] = screen
        return screen

    @property
    def table(self) -> str:
        """The record's table, by which it is known everywhere."""
        return self.policy.table.name

    def schema(self, use: str) -> type[Any]:
        """Give the schema of the record for a use: Create, Change, Item, Out or Query."""
        return cast(type[BaseModel], getattr(self.schemas, f"{self.policy.entity.__name__}{use}"))

    def does(self, what: str) -> bool:
        """Whether the service can do this at all, such as `unmask`."""
        return hasattr(self.service, what)

    @property
    def moves(self) -> dict[str, Move]:
        """The moves that people make, by their names."""
        known = self.policy.workflow.moves
        return {name: move for name, move in known.items() if move.by}

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        """The fields of a row by itself."""
        return fields_of(self.policy, self.schema("Out"), self.words)

    @cached_property
    def listed(self) -> tuple[Field, ...]:
        """The fields of a row in a list."""
        return fields_of(self.policy, self.schema("Item"), self.words)

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """The fields that a list can be asked for."""
        return fields_of(self.policy, self.schema("Query"), self.words)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The fields that a list can be sorted by."""
        info = self.schema("Query").model_fields["sort"]
        pattern: str = next(mark.pattern for mark in info.metadata if hasattr(mark, "pattern"))
        return tuple(pattern[pattern.index("(") + 1 : pattern.rindex(")")].split("|"))

    @cached_property
    def added(self) -> tuple[Field, ...]:
        """The fields of the form that adds a row."""
        return fields_of(self.policy, self.schema("Create"), self.words)

    @cached_property
    def changed(self) -> tuple[Field, ...]:
        """The fields of the form that changes a row."""
        return fields_of(self.policy, self.schema("Change"), self.words, strict=True)

    @cached_property
    def named(self) -> type[Out]:
        """What a row is called by: its number, and the field that it is known by, as it has them."""
        known = self.schema("Out").model_fields.keys() & {"number", self.policy.shown_as}
        fields: Any = dict.fromkeys(known - {"id"}, (Any, None))
        return create_model(f"{self.policy.entity.__name__}Named", __base__=Out, **fields)

    @cached_property
    def naming(self) -> tuple[Field, ...]:
        """The field that a row is known by, where that is a row that is known by a field itself."""
        known = (f for f in self.shown if f.name == self.policy.shown_as and f.target is not None)
        return tuple(f for f in known if not points(POLICIES[f.target or ""]))

    def home(self, within: UUID | None = None) -> str:
        """Give the address of the list, of the parts of one whole if it is a part."""
        return self.path.replace(f"{{{self.policy.part_of}_id:uuid}}", str(within))

    def url(self, row: Entity | Out) -> str:
        """Give the address of a row, or of what is shown of it."""
        return f"{self.home(self.within(row))}/{row.id}"

    def within(self, row: Entity | Out) -> UUID | None:
        """Give the id of the whole that a part belongs to."""
        part_of = self.policy.part_of
        return None if part_of is None else getattr(row, f"{part_of}_id")

    @property
    def parts(self) -> list[Screen]:
        """The pages of its parts."""
        return [
            one
            for one in SCREENS.values()
            if one.policy.part_of and one.policy.parent() is self.policy
        ]
