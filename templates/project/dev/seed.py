"""Fills the development database with examples, among them one person for each role.

python -m dev.seed [ROWS]
"""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Any

from sqlalchemy import select

from app.platform.access import POLICIES, Grant, Policy, column_of
from app.platform.db import Database
from app.platform.identity import accounts
from app.platform.views import opened
from app.registry import ROLES
from app.settings import settings
from dev.addresses import login_of
from dev.distinct import distinct, rules
from dev.going_on import go_on
from dev.people import entrance, standing_for
from dev.samples import Samples, as_json, entity_of, tables

ROWS = 20
FOR_EACH = 5
"""So many rows of each record are for the person of each role, where not all rows are."""


def main(words: list[str]) -> int:
    """Make examples and print how to sign in as each role."""
    if len(words) > 1 or not all(word.isdecimal() and int(word) for word in words):
        print("usage: python -m dev.seed [ROWS], where ROWS is at least 1", file=sys.stderr)
        return 2
    rows = int(words[0]) if words else ROWS
    if settings().environment != "development":
        print("Examples are for the development system alone.", file=sys.stderr)
        return 1
    with closing(Database(settings().database_url)) as database, database.session() as session:
        if accounts.find(session, login_of(next(iter(ROLES)))) is not None:
            print("The examples are there already.", file=sys.stderr)
            return 1
        samples = Samples(session)
        heed(samples)
        samples.begin()
        entrances = {role: person(samples, role) for role in ROLES}
        fill(samples, rows)
        for role in ROLES:
            fill_for(samples, role)
        go_on(samples)
        session.commit()
    for role, how in entrances.items():
        print(f"{role}: {login_of(role)}, {how}")
    return 0


def heed(samples: Samples) -> None:
    """Keep what people have made meanwhile: no example gets a name that is taken."""
    for entity in map(entity_of, tables()):
        for rule in rules(entity):
            there = select(*(getattr(entity, name) for name in rule))
            for values in samples.session.execute(there):
                known = (as_json(opened(value)) for value in values)
                samples.taken.add(entity, dict(zip(rule, known, strict=True)))


def fill(samples: Samples, rows: int) -> None:
    """Make so many rows of each record, and show how far it is."""
    for table in tables():
        print(f"{rows} {POLICIES[table].entity.__name__}", file=sys.stderr, flush=True)
        for _ in range(rows):
            samples.make(table)


def fill_for(samples: Samples, role: str) -> None:
    """Make some rows that are for the person of a role, who would see little or nothing otherwise."""
    principal = accounts.principal_for(samples.session, login_of(role))
    person = samples.session.get_one(entity_of("users"), principal.id)
    for table in tables():
        for grant in POLICIES[table].grants.get(role, ()):
            if grant.verb == "see" and (values := theirs(POLICIES[table], grant, person)):
                for _ in range(FOR_EACH):
                    samples.make(table, **values)


def theirs(policy: Policy, grant: Grant, person: Any) -> dict[str, Any]:
    """Give the values with which a row is within a grant that a person has, where it says so itself."""
    if grant.own and policy.owner and "." not in policy.owner:
        return near(policy, person) | {column_of(policy.table, policy.owner).name: person.id}
    return near(policy, person) if grant.same else {}


def near(policy: Policy, person: Any) -> dict[str, Any]:
    """Give the values with which a row is of the same place as a person, whoever asks for that."""
    same = {grant.same for grants in policy.grants.values() for grant in grants if grant.same}
    names = {column_of(policy.table, name).name for name in same}
    known = {name: getattr(person, name, None) for name in sorted(names)}
    return {name: value for name, value in known.items() if value is not None}


def person(samples: Samples, role: str) -> str:
    """Make a person with one role, of the same place as the first one; say how they get in."""
    login = login_of(role)
    principal = standing_for(samples.session, role, login)
    samples.person(email=login, **at_home(samples))
    return entrance(samples.session, principal)


def at_home(samples: Samples) -> dict[str, Any]:
    """Give the values with which people are of the place of the first one; nothing before them."""
    users = entity_of("users")
    first = accounts.principal_for(samples.session, login_of(next(iter(ROLES))))
    row = samples.session.get(users, first.id)
    known = {name: value for p in POLICIES.values() for name, value in near(p, row).items()}
    return {name: value for name, value in known.items() if name not in distinct(users)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
