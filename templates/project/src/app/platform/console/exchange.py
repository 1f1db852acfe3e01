"""What a list offers beside its rows: taking them away as a table, and bringing some in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.platform.access import Policy
from app.platform.console.screens import Screen
from app.platform.work import UnitOfWork

EXPORTS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Exchange:
    """The addresses of exports by their kind, and whether the actor may bring rows in."""

    exports: Mapping[str, str]
    imports: bool


def exchange(work: UnitOfWork, screen: Screen, home: str, asked: Mapping[str, str]) -> Exchange:
    """Give what the actor is offered beside a list that was asked for like this."""
    said = urlencode({name: text for name, text in asked.items() if name not in ("after", "limit")})
    may_take = exported(screen.policy) and screen.policy.granted(work.actor, "export")
    kinds = EXPORTS if may_take else ()
    exports = {kind.upper(): f"{home}/export.{kind}{'?' if said else ''}{said}" for kind in kinds}
    return Exchange(exports, may_import(work, screen))


def exported(policy: Policy) -> bool:
    """Whether somebody may export it; a part goes with what it is a part of."""
    granted = (grant.verb for grants in policy.grants.values() for grant in grants)
    return policy.part_of is not None or "export" in granted


def may_import(work: UnitOfWork, screen: Screen) -> bool:
    """Whether the actor may bring rows in, as far as roles say."""
    granted = screen.policy.granted
    return bool(screen.policy.key) and any(granted(work.actor, verb) for verb in ("add", "change"))
