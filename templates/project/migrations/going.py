"""The order in which tables go."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from alembic.operations import ops
from alembic.util import CommandError


def in_order(operations: Sequence[Any]) -> list[Any]:
    """Give the operations so that a table goes before those that it points to.

    Raises CommandError for tables that point to each other: neither can go first.
    """
    going = {op.table_name: op for op in operations if isinstance(op, ops.DropTableOp)}
    after: dict[str, set[str]] = {name: set() for name in going}
    for name, op in going.items():
        for target in pointed_to(op) & going.keys() - {name}:
            after[target].add(name)
    try:
        ordered = [going[name] for name in TopologicalSorter(after).static_order()]
    except CycleError as error:
        names = " and ".join(sorted(set(error.args[1])))
        raise CommandError(
            f"Nothing was written: {names} point to each other, so neither can go first. Take the "
            "relation out of one of them with this update, and retire both with the next."
        ) from None
    return [*(op for op in operations if not isinstance(op, ops.DropTableOp)), *ordered]


def pointed_to(op: ops.DropTableOp) -> set[str]:
    """Give the tables that a table points to."""
    keys = op.to_table().foreign_key_constraints
    return {key.elements[0].target_fullname.split(".")[0] for key in keys}
