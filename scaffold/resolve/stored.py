"""The fields of a record that are stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.posture import Kind, Level
from scaffold.resolve.bounds import plain_moment

USER_FIELDS = {
    "name": Field("name", "text", max=120, level=Level.INTERNAL, kinds=(Kind.PERSONAL,)),
    "email": Field("email", "email", unique=True, level=Level.INTERNAL, kinds=(Kind.PERSONAL,)),
}


def stored_fields(record: Record, zone: str) -> Iterator[Field]:
    """Those of the blueprint, and the built-in ones of a user."""
    if record.name == "User":
        yield from USER_FIELDS.values()
    stored = (field for field in record.fields.values() if field.calculated is None)
    yield from (_in_utc(field, zone) if field.type == "datetime" else field for field in stored)


def _in_utc(item: Field, zone: str) -> Field:
    """A point in time with its default and bounds in UTC."""
    said = {"default": item.default, "min": item.min, "max": item.max}
    known = {
        name: plain_moment(value, zone)
        for name, value in said.items()
        if isinstance(value, str) and value != "now"
    }
    return replace(item, **known)  # type: ignore[arg-type]
