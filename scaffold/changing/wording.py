"""Sentences and places that several comparisons share."""

from __future__ import annotations

from scaffold.blueprint.models import Field, Record


def look_for(what: str) -> str:
    """What a migration does before it changes anything."""
    return f"The migration first looks for {what}, and stops there with their number."


def path_of(record: Record, field: Field) -> str:
    """Where a field stands."""
    return f"records.{record.name}.fields.{field.name}"
