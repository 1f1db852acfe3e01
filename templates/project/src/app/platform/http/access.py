"""The access rule of a route; a route without one is refused."""

from __future__ import annotations

from typing import ClassVar

from fastapi import Depends, Request, params


class Access:
    """Says who may call a route: `dependencies=may("jobs:add")`.

    `Access.PUBLIC` is for everybody, `Access.SIGNED_IN` for anyone who is signed in; any other
    rule is `<record>:<verb>`, which the record's policy answers; `jobs:add or change` is for who
    was granted either. The dependency itself only
    notes the rule: it is answered where the session and the actor are at hand.
    """

    PUBLIC: ClassVar[Access]
    SIGNED_IN: ClassVar[Access]

    __slots__ = ("record", "rule", "verb")

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.record, _, self.verb = rule.partition(":")

    async def __call__(self, request: Request) -> None:
        request.state.access = self

    @property
    def verbs(self) -> list[str]:
        """The verbs of which one is enough."""
        return self.verb.split(" or ")

    def __repr__(self) -> str:
        return f"Access({self.rule!r})"


Access.PUBLIC = Access("public")
Access.SIGNED_IN = Access("signed_in")


def may(rule: str) -> list[params.Depends]:
    """Give the dependencies of a route that is for those who were granted this."""
    return [Depends(Access(rule))]


def access_of(request: Request) -> Access | None:
    """The rule of the route that is being answered; None means that it has none."""
    return getattr(request.state, "access", None)
