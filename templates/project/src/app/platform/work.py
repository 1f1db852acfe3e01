"""One piece of work: a session, who is acting, and what the request said.

A request's work begins here, is refused here when its route has no rule or the actor no grant,
and is committed here, once, when the endpoint is done. Services never commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fastapi import Request

from app.platform.access import POLICIES, Policy
from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Database, Session
from app.platform.errors import Forbidden, Unauthenticated
from app.platform.faults import as_problem
from app.platform.http.access import Access, access_of
from app.platform.identity.actor import Actor
from app.platform.identity.sessions import actor_of, token_of
from app.settings import Settings

SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What a service works with. `now` stays the same for the whole of it."""

    session: Session
    actor: Actor
    rule: Access
    settings: Settings
    now: datetime
    reference: str
    route: str
    if_match: str | None = None
    idempotency_key: str | None = None

    @property
    def policy(self) -> Policy:
        """The policy of the record that the route is about."""
        return policy_of(self.rule)

    @property
    def today(self) -> date:
        """The date in the system's time zone."""
        return self.now.astimezone(ZoneInfo(self.settings.time_zone)).date()


@contextmanager
def unit_of_work(request: Request) -> Iterator[UnitOfWork]:
    """Open the work of a request, and commit it when its block ends without an error.

    Raises Unauthenticated without a sign-in, and Forbidden where the route has no rule or no role
    of the actor was granted what the rule names. What the database refuses becomes a Problem.
    """
    rule = access_of(request)
    if rule is None or rule is Access.PUBLIC:
        raise Forbidden("This route has no access rule, so nobody may use it.")
    app = request.scope["app"]
    database: Database = app.state.database
    settings: Settings = app.state.settings
    now = datetime.now(UTC)
    reading, reference = request.method in SAFE, str(request.state.reference)
    with database.session(reading=reading) as session, as_problem():
        # Where each statement stands alone, nothing could be told to a transaction.
        told = None if reading and SEPARATED_BY is None else reference
        actor = actor_of(session, token_of(request), now, reference=told)
        if actor is None:
            raise Unauthenticated("Your sign-in has ended, or there was none.")
        request.state.actor_id = str(actor.id)  # for the log
        admit(rule, actor)
        session.info["actor"] = actor
        yield UnitOfWork(
            session=session,
            actor=actor,
            rule=rule,
            settings=settings,
            now=now,
            reference=reference,
            route=f"{request.method} {request.url.path}",
            if_match=request.headers.get("if-match"),
            idempotency_key=request.headers.get("idempotency-key"),
        )
        session.commit()


def admit(rule: Access, actor: Actor) -> None:
    """Refuse an actor whose roles were not granted what the rule names.

    Raises Forbidden.
    """
    if rule is not Access.SIGNED_IN:
        policy = policy_of(rule)
        if not any(policy.granted(actor, verb) for verb in rule.verbs):
            policy.require(actor, rule.verb)


def policy_of(rule: Access) -> Policy:
    """Give the policy that answers a rule such as `jobs:add`."""
    return POLICIES[rule.record]
