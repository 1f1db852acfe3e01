"""What makes a row somebody's own, where they were granted something on such rows alone."""

from __future__ import annotations

from app.platform.access import Policy, column_of, parent_verb
from app.platform.identity.actor import Actor


def scopes(policy: Policy, actor: Actor, verb: str) -> list[str]:
    """Give the fields that say whether the actor may do this to a row; those of a part's whole."""
    if policy.part_of is not None:
        return scopes(policy.parent(), actor, parent_verb(verb))
    paths = [grant.same or policy.owner or "id" for grant in policy.granted(actor, verb)]
    return sorted({column_of(policy.table, path.partition(".")[0]).name for path in paths})
