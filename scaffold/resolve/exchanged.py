"""Which records go out and come in as tables."""

from __future__ import annotations

from scaffold.resolve.resolved import Resolved


def exported(item: Resolved) -> bool:
    """Whether somebody may export it; a part is exported with what it is a part of."""
    return any(grant.verb == "export" for grant in item.top.grants)


def imported(item: Resolved) -> list[str]:
    """The attributes that a line of an import is known by, the parent of a part among them."""
    parent = {item.record.part_of.field} if item.record.part_of else set()
    return [
        f"{name}_id" if name in parent else item.attribute(name) for name in item.record.key or ()
    ]
