"""Examples go on: the person of each role makes moves with them, so that rows stand in many stages.

Moves are made as by requests, so whatever refuses one there refuses it here, and what it tells of
is told. A row that nobody may move on stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from app.platform.access import Policy, column_of
from app.platform.console.screens import Screen
from app.platform.db import Session, new_id
from app.platform.errors import Problem, Unauthenticated
from app.platform.faults import as_problem
from app.platform.http.access import Access
from app.platform.http.moving import answers_to
from app.platform.identity import accounts, sessions
from app.platform.moves import is_blank
from app.platform.schemas import In
from app.platform.work import UnitOfWork
from app.platform.workflow import Move
from app.registry import ROLES
from app.screens import SCREENS
from app.settings import settings
from dev.addresses import login_of
from dev.fields import unwrapped
from dev.fulfilling import put
from dev.samples import Samples
from dev.tables import as_json

ANSWER = "As an example"
ENDS = 0.1
"""How often a row may come to its end where it could go on."""


@dataclass(frozen=True, slots=True)
class People:
    """Those who make the moves, by their role: their ids, and the tokens of their sessions."""

    ids: Mapping[str, UUID]
    tokens: Mapping[str, str]

    @classmethod
    def signed_in(cls, session: Session) -> People:
        """Sign in the person of each role."""
        ids = {role: accounts.principal_for(session, login_of(role)).id for role in ROLES}
        return cls(ids, {role: sessions.begin(session, person) for role, person in ids.items()})


def go_on(samples: Samples) -> None:
    """Bring the rows of each record further: the first not at all, the next by one move, and so on."""
    people = People.signed_in(samples.session)
    for screen in SCREENS:
        entity: Any = screen.policy.entity
        stages = {move.to for move in screen.moves.values()}
        asked = select(entity).order_by(entity.id)
        for at, row in enumerate(samples.session.scalars(asked).all() if stages else ()):
            for _ in range(at % (len(stages) + 1)):
                near = chances(samples, screen, row, people)
                if not any(made(samples, screen, row, people, *one) for one in near):
                    break
    for person in people.ids.values():
        sessions.revoke_all(samples.session, person)


def chances(
    samples: Samples, screen: Screen, row: Any, people: People
) -> Iterator[tuple[str, str]]:
    """Give moves that begin where a row stands, with the token of who could make each.

    They come by chance, those that the blueprint names first more often before the others. What
    ends here and could go on is seldom among them.
    """
    random, moves = samples.values.random, screen.moves
    goes_on = {stage for move in moves.values() for stage in move.stages}
    near = {name: move for name, move in moves.items() if row.stage in move.stages}
    if any(move.to in goes_on for move in near.values()) and random.random() > ENDS:
        near = {name: move for name, move in near.items() if move.to in goes_on}
    found = [(name, people.tokens[role]) for name, move in near.items() for role in move.by]
    order = sorted(range(len(found)), key=lambda place: (1 + place) * random.random())
    return (found[place] for place in order)


def made(samples: Samples, screen: Screen, row: Any, people: People, name: str, token: str) -> bool:
    """Make a move as the person who holds a token; say whether it was made."""
    within, move = screen.within(row), screen.moves[name]
    with suppress(Problem, ValidationError):
        answers = answered(samples, screen, row, people, name)
        with as_problem(), samples.session.begin_nested():
            if move.if_ is not None:  # as somebody would who reads why not
                put(row, soon(samples, screen, move))
            work = work_of(samples.session, token, f"{screen.table}:{name}")
            screen.service.move(work, *([] if within is None else [within]), row.id, name, answers)
            return True
    return False


def answered(samples: Samples, screen: Screen, row: Any, people: People, name: str) -> In:
    """Give an answer to all that a move asks, and what it needs and the row has not."""
    move = screen.moves[name]
    schema = answers_to(screen.policy, name, screen.schema("Change"))
    needed = [one for one in move.needs if one in schema.model_fields and is_blank(row, one)]
    body = samples.full_body(screen.table) | owned(samples, screen.policy, people) if needed else {}
    body |= {one: as_json(value) for one, value in soon(samples, screen, move).items()}
    said = {one: body[one] for one in needed if one in body}
    return schema.model_validate(said | dict.fromkeys(move.asks, ANSWER))


def soon(samples: Samples, screen: Screen, move: Move) -> dict[str, date]:
    """Give days and moments to come for what a move needs: many a condition asks for that."""
    moment = datetime.now(UTC) + timedelta(days=samples.values.random.randint(1, 20))
    near: dict[Any, date] = {datetime: moment, date: moment.date()}
    fields = screen.schema("Change").model_fields
    kinds = {name: unwrapped(fields[name])[0] for name in move.needs if name in fields}
    return {name: near[kind] for name, kind in kinds.items() if kind in near}


def owned(samples: Samples, policy: Policy, people: People) -> dict[str, str]:
    """Give a row to one of those who may do something with rows of their own."""
    if not policy.owner or "." in policy.owner:
        return {}
    roles = [role for role in people.ids if any(grant.own for grant in policy.grants.get(role, ()))]
    person = people.ids[samples.values.random.choice(roles or [*people.ids])]
    return {column_of(policy.table, policy.owner).name: str(person)}


def work_of(session: Session, token: str, rule: str) -> UnitOfWork:
    """Give the work of somebody who is signed in, and tell the database who that is."""
    now, reference = datetime.now(UTC), str(new_id())
    actor = sessions.actor_of(session, token, now, reference=reference)
    if actor is None:
        raise Unauthenticated("The person of a role was signed out meanwhile.")
    session.info["actor"] = actor
    return UnitOfWork(
        session=session,
        actor=actor,
        rule=Access(rule),
        settings=settings(),
        now=now,
        reference=reference,
        route=f"SEED {rule}",
    )
