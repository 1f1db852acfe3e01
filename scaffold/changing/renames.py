"""What records and fields of the applied blueprint are called in the wanted one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scaffold.blueprint.models import Blueprint, Field, Record


@dataclass(frozen=True, slots=True)
class Renames:
    """Old names as new ones: of all records, and of the fields of one."""

    _records: Mapping[str, str]
    _fields: Mapping[str, str]
    _known: frozenset[str]
    _kept: frozenset[str]

    @classmethod
    def of(cls, applied: Blueprint, wanted: Blueprint, old: Record, new: Record) -> Renames:
        """The renames that `was` says, as far as something of the old name is there."""
        records = {
            record.was: record.name
            for record in wanted.records.values()
            if record.was in applied.records and record.name not in applied.records
        }
        kept = frozenset(new.fields)
        known = frozenset(old.fields)
        found = {
            field.was: field.name
            for field in new.fields.values()
            if field.was in known and field.name not in known
        }
        named = {str(was): name for was, name in found.items() if was is not None}
        return cls({str(k): v for k, v in records.items() if k is not None}, named, known, kept)

    def earlier(self, field: Field) -> str | None:
        """What the field was called, if it was there."""
        if field.name in self._known:
            return field.name
        return field.was if field.was in self._known and field.was not in self._kept else None

    def record(self, name: str) -> str:
        """What a record is called now."""
        return self._records.get(name, name)

    def field(self, name: str) -> str:
        """What a field is called now."""
        return self._fields.get(name, name)

    def fields(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What several are called now."""
        return tuple(self.field(name) for name in names)

    def path(self, text: str | None) -> str | None:
        """A path over fields, of which the first belongs to this record."""
        if text is None:
            return None
        first, dot, rest = text.partition(".")
        return f"{self.field(first)}{dot}{rest}"

    def text(self, expression: str) -> str:
        """An expression with the names that its fields have now."""
        return re.sub(r"[a-z][a-z0-9_]*", lambda found: self.field(found[0]), expression)
