"""What becomes of rows whose time is over, and which are left."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from app.platform import keeping, logging, removing
from app.platform.db import Database, Session
from app.platform.jobs import worker
from app.platform.jobs.queue import later
from app.platform.keeping import Keep
from app.platform.messages.models import Message
from app.platform.sealed import blind
from app.settings import Settings
from tests.platform.jobs.guests import Guest, Stay, guest

DAY = dt.date(2019, 3, 1)
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
"""Seven years later, and one day."""


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the rules of these tests."""
    monkeypatch.setattr(keeping, "RULES", {})


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that commits."""
    with database.session() as session:
        yield session


def rule(then: str = "erase", after: str = "left_on", unless: str = "") -> None:
    """Keep guests for seven years."""
    kept = Keep("7 years", after, then, unless)  # type: ignore[arg-type]
    keeping.RULES["try_guests"] = kept


def done(database: Database, now: dt.datetime = NOW, *, dry_run: bool = False) -> Counter[str]:
    """Do what is due, and give what was done to guests."""
    return keeping.keep(database, now, dry_run=dry_run)["try_guests"]


def left(session: Session) -> set[UUID]:
    """Give the guests that are left."""
    session.rollback()
    return set(session.scalars(select(Guest.id)))


def test_a_row_goes_when_its_time_is_over_and_not_before(
    database: Database, session: Session
) -> None:
    rule()
    guest(session, 1, left_on=DAY)
    young, undated = guest(session, 2, left_on=DAY + dt.timedelta(days=1)), guest(session, 3)
    session.commit()
    assert done(database, NOW - dt.timedelta(days=1)) == Counter()
    assert done(database) == Counter(erase=1)
    assert left(session) == {young.id, undated.id}


def test_what_was_archived_goes_a_while_after(database: Database, session: Session) -> None:
    rule(after="archived")
    long_ago = NOW.replace(year=2019)
    kept = guest(session, 1, archived_at=long_ago + dt.timedelta(seconds=1))
    guest(session, 2, archived_at=long_ago)
    other = guest(session, 3)
    session.commit()
    assert done(database) == Counter(erase=1)
    assert left(session) == {kept.id, other.id}


def test_what_is_held_stays(database: Database, session: Session) -> None:
    rule(unless="held")
    held = guest(session, 1, left_on=DAY, held=True)
    guest(session, 2, left_on=DAY, held=False)
    guest(session, 3, left_on=DAY)
    session.commit()
    assert done(database) == Counter(erase=2)
    assert left(session) == {held.id}


def test_what_something_must_not_lose_is_left_and_counted(
    database: Database, session: Session
) -> None:
    rule()
    used = guest(session, 1, left_on=DAY)
    session.add(Stay(guest_id=used.id))
    guest(session, 2, left_on=DAY)
    session.commit()
    assert done(database) == Counter(erase=1, left=1)
    assert left(session) == {used.id}


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    database: Database, session: Session, chosen: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.set_up(chosen)
    rule()
    used = guest(session, 1, left_on=DAY)
    session.add(Stay(guest_id=used.id))
    other = guest(session, 2, left_on=DAY)
    session.commit()
    assert done(database, dry_run=True) == Counter(erase=1, left=1)
    assert left(session) == {used.id, other.id}
    assert capsys.readouterr().out == ""
    done(database)
    assert '"record": "try_guests"' in capsys.readouterr().out


def test_names_go_and_figures_stay(database: Database, session: Session) -> None:
    rule("remove_names")
    keys = [guest(session, at, left_on=DAY).id for at in (1, 2)]
    about = {"record": "try_guests", "record_id": keys[0], "move": "x", "told": "x"}
    session.add(Message(**about, outcome="blank", at=NOW))
    session.commit()
    assert done(database) == Counter(remove_names=2)
    session.rollback()
    session.expire_all()
    one, other = (session.get_one(Guest, key) for key in keys)
    for row in (one, other):
        assert row.name.startswith("ved-") or len(row.name) == 12
        assert row.email.endswith("@removed.invalid")
        assert (row.phone, row.sort, row.room, row.wishes) == (None, "a", 1, {})
        assert re.fullmatch("CH[0-9]{4}[a-zA-Z]", row.passport)
        assert row.passport != "CH1234q"
        assert (row.born_on, row.rises_at) == (dt.date(1910, 1, 1), dt.time())
        assert row.met_at == removing.LONG_AGO
        assert (str(row.paid), row.left_on) == ("12.50", DAY)
        assert row.tax_digest == blind("try_guests.tax", row.tax.open())
        assert row.mail.open().endswith("@removed.invalid")
    assert one.member != other.member
    assert session.scalars(select(Message)).all() == []
    assert done(database) == Counter()


def test_a_pattern_that_leaves_nothing_open_is_said_and_the_others_go_on(
    database: Database, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule("remove_names")
    stuck = guest(session, 1, left_on=DAY)
    guest(session, 2, left_on=DAY, passport="CH9999z")
    session.commit()
    drawn = removing.scrambled

    def narrow(before: str, pattern: str) -> str:
        return drawn(before, before if before == "CH1234q" else pattern)

    monkeypatch.setattr(removing, "scrambled", narrow)
    assert done(database) == Counter(failed=1, remove_names=1)
    session.rollback()
    session.expire_all()
    assert session.get_one(Guest, stuck.id).name == "guest 1"


def test_a_row_that_somebody_is_at_is_left(database: Database, session: Session) -> None:
    rule()
    row = guest(session, 1, left_on=DAY)
    session.commit()
    session.get_one(Guest, row.id, with_for_update=True, populate_existing=True)
    assert done(database) == Counter(left=1)


def test_every_row_has_its_turn_however_many_there_are(
    database: Database, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    rule()
    for at in range(5):
        guest(session, at, left_on=DAY)
    session.commit()
    assert done(database) == Counter(erase=5)


def test_a_worker_does_what_is_due_every_night(
    database: Database, session: Session, chosen: Settings
) -> None:
    rule()
    guest(session, 1, left_on=DAY)
    later(session, keeping.keep_job, timestamp=0)
    session.commit()
    assert worker.run(chosen, once=True)
    assert left(session) == set()
