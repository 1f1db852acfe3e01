"""What of a blueprint's moves can be generated."""

from __future__ import annotations

from scaffold.blueprint.models import Move, Record


def offered(record: Record) -> list[Move]:
    """The moves of a record that can be generated.

    Roles make them, or the clock does, when a date is past that is stored.
    """
    moves = record.workflow.moves.values() if record.workflow else ()
    calculated = {field.name for field in record.fields.values() if field.calculated}
    return [m for m in moves if (m.by or m.once_past) and m.once_past not in calculated]
