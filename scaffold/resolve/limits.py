"""What rules read of the person who acts: `same branch`, `my approval_limit`."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.expressions.tree import My, walk
from scaffold.blueprint.models import Blueprint
from scaffold.resolve.values import attribute


def limits_of(blueprint: Blueprint) -> list[str]:
    """The attributes of a user that some rule reads, in the order of the fields."""
    read = set(_read(blueprint))
    user = blueprint.records["User"]
    return [
        attribute(field)
        for name, field in user.fields.items()
        if name in read and not field.calculated
    ]


def _read(blueprint: Blueprint) -> Iterator[str]:
    for record in blueprint.records.values():
        yield from (grant.same for grant in record.grants if grant.same is not None)
        for move in record.workflow.moves.values() if record.workflow else ():
            nodes = walk(move.if_.root) if move.if_ is not None else ()
            yield from (node.steps[0] for node in nodes if isinstance(node, My))
