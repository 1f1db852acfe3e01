"""The keeping rules of this system: what is due goes, and nothing before."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from app.platform import keeping
from app.platform.access import POLICIES
from app.platform.db import Session
from app.platform.jobs.system import ForCustomer
from app.platform.keeping import Keep
from app.registry import KEEP
from app.settings import settings
from dev.samples import Samples, schema_of
from tests.calling import Shared

LONGEST = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 44_640, "year": 527_040}
SHORTEST = LONGEST | {"month": 40_320, "year": 525_600}
"""The minutes of a month are those of 28 to 31 days, of a year those of 365 or 366."""
SLACK = dt.timedelta(days=2)


def span(words: str, minutes: dict[str, int]) -> dt.timedelta:
    """Read `7 years`."""
    amount, unit = words.split()
    return dt.timedelta(minutes=int(amount) * minutes[unit.removesuffix("s")])


def since(samples: Samples, row: Any, rule: Keep) -> dt.datetime:
    """Give the moment from which a row is kept, and give it one if it has none."""
    if rule.after == "archived":
        row.archived_at = row.created_at
        return row.created_at  # type: ignore[no-any-return]
    if getattr(row, rule.after) is None:
        body = samples.full_body(row.__tablename__)
        values = schema_of(type(row)).model_validate(body)
        setattr(row, rule.after, getattr(values, rule.after))
    value = getattr(row, rule.after)
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time(12), ZoneInfo(settings().time_zone))


@pytest.mark.parametrize("table", sorted(KEEP))
def test_what_is_due_goes_and_what_is_held_or_young_stays(
    table: str, samples: Samples, session: Session, connection: Connection
) -> None:
    policy, rule = POLICIES[table], KEEP[table]
    database = ForCustomer(Shared(connection), samples.tenant)
    row = samples.make(table)
    key = row.id
    begun = since(samples, row, rule)
    if rule.unless:
        setattr(row, rule.unless, False)
    session.commit()
    early = begun + span(rule.lasts, SHORTEST) - SLACK
    late = begun + span(rule.lasts, LONGEST) + SLACK
    assert key not in keeping.due_rows(database, policy, early)
    if rule.unless:
        setattr(row, rule.unless, True)
        session.commit()
        assert keeping.end(database, policy, key, late, dry_run=False) == "left"
        setattr(row, rule.unless, False)
        session.commit()
    assert keeping.end(database, policy, key, late, dry_run=False) == rule.then
    session.expire_all()
    asked = select(policy.table.c.id).where(policy.table.c.id == key)
    there = [] if rule.then == "erase" else [key]
    assert session.scalars(asked).all() == there
    assert key not in keeping.due_rows(database, policy, late)
