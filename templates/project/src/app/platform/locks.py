"""Stages in which nothing can be edited: not the record, and none of its parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.platform.access import Policy
from app.platform.db import Entity, Session
from app.platform.errors import Conflict


def refuse_locked(session: Session, policy: Policy, row: Entity) -> None:
    """Refuse to edit a row in a locked stage, or a part of one; raises Conflict."""
    if policy.workflow.locked:
        held: Any = row
        if held.stage in policy.workflow.locked:
            stage = held.stage.replace("_", " ")
            raise Conflict(f"It is {stage}, and cannot be edited any more.", code="locked")
    if policy.part_of is not None:
        refuse_in_locked(session, policy, getattr(row, f"{policy.part_of}_id"))


def refuse_in_locked(session: Session, policy: Policy, parent_id: UUID) -> None:
    """Refuse to edit the parts of a row in a locked stage; raises Conflict.

    The row is held until the work is done, so that nobody moves it to such a stage meanwhile.
    """
    parent = policy.parent()
    if lockable(parent):
        held = session.get_one(parent.entity, parent_id, with_for_update={"read": True})
        refuse_locked(session, parent, held)


def lockable(policy: Policy) -> bool:
    """Whether there are stages that lock the rows of this record."""
    above = policy.part_of is not None and lockable(policy.parent())
    return bool(policy.workflow.locked) or above
