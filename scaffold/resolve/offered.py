"""What of a blueprint's moves and calculations can be generated."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.blueprint.expressions.tree import Expression, FieldPath, My, SumOf, walk
from scaffold.blueprint.models import Field, Move, Record

Records = Mapping[str, Record]


def offered(record: Record, records: Records) -> list[Move]:
    """The moves of a record that can be generated.

    Roles make them, or the clock does, when a date is past that is stored.
    """
    moves = record.workflow.moves.values() if record.workflow else ()
    calculated = {field.name for field in record.fields.values() if field.calculated}
    made = [m for m in moves if (m.by or m.once_past) and m.once_past not in calculated]
    return [move for move in made if not move.if_ or built(move.if_, records)]


def computed(record: Record, records: Records) -> list[Field]:
    """The calculated fields of a record that can be generated."""
    return [f for f in record.fields.values() if f.calculated and built(f.calculated, records)]


def built(expression: Expression, records: Records) -> bool:
    """Whether an expression, with all that it is calculated from, speaks of what is stored.

    The currency of a record with money, where a system has several, is not stored yet.
    """
    for node in walk(expression.root):
        if isinstance(node, SumOf):
            owner, name = node.record, node.field
        elif isinstance(node, FieldPath | My):
            owner, name = node.owner, node.steps[-1]
        else:
            continue
        field = records[owner].fields.get(name) if owner in records else None
        if field is None and name == "currency":
            return False
        if field and field.calculated and not built(field.calculated, records):
            return False
    return True
