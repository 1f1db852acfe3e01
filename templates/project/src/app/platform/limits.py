"""What rules read of a person, such as a limit or a branch: nobody changes their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.errors import Forbidden
from app.platform.identity.actor import Actor


def refuse_own_limits(actor: Actor, policy: Policy, row: Entity, values: Mapping[str, Any]) -> None:
    """Refuse that somebody changes what rules read of them; raises Forbidden.

    A person's row has the id of the principal who signs in.
    """
    if row.id != actor.id:
        return
    for name in sorted(policy.limits & values.keys()):
        if values[name] != getattr(row, name):
            raise Forbidden(f"Somebody else has to change your {name}.", code="own_limit")
