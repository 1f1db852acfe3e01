"""Which moves of a blueprint can be generated."""

from __future__ import annotations

from scaffold.blueprint.models import Move, Record


def offered(record: Record) -> list[Move]:
    """The moves of a record that can be generated: roles make them, without condition or file."""
    files = {field.name for field in record.fields.values() if field.type == "file"}
    moves = record.workflow.moves.values() if record.workflow else ()
    return [m for m in moves if m.by and m.if_ is None and not files & set(m.needs)]
