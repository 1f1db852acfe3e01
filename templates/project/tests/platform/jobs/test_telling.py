"""Whom a move tells, and what becomes of the message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.platform.access import POLICIES
from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Database, Session
from app.platform.identity import accounts
from app.platform.jobs import worker
from app.platform.messages import delivery, mail
from app.platform.messages.mail import NotSent
from app.platform.messages.models import Message
from app.platform.messages.told import told_by
from app.platform.readings import Reading
from app.platform.work import UnitOfWork
from app.settings import Settings
from dev.samples import Samples
from tests.platform.data.working import begin
from tests.platform.jobs.conftest import rows
from tests.platform.jobs.letters import Desk, letter, move

CLERK, READER, LEFT = "clerk@example.com", "reader@example.com", "left@example.com"
DESK, SECRET = "desk@example.com", "secret@example.com"
JOBS = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'send_message'"


@contextmanager
def writing(database: Database) -> Iterator[UnitOfWork]:
    """Begin work as somebody who writes letters, and commit it."""
    with database.session() as session:
        person = accounts.principal_for(session, "writer@example.com")
        yield begin(session, person.id, "writer")
        session.commit()


def person(session: Session, email: str, **values: Any) -> UUID:
    """Make somebody with this address, among the people of the one customer if there are any."""
    seed = sum(email.encode())
    samples = Samples(session, seed, start=1000 * seed)
    there = None if SEPARATED_BY is None else POLICIES[SEPARATED_BY].table.c.id
    customer = None if there is None else session.scalar(select(there))
    if customer is None:
        samples.begin()
    else:
        samples.work_for(customer)
    return UUID(str(samples.make("users", email=email, **values).id))


def sent(database: Database, **values: Any) -> UUID:
    """Write a letter and send it."""
    with writing(database) as work:
        row = letter(work.session, **values)
        move(work, row.id, "send")
        return row.id


def at_desk(database: Database, **values: Any) -> UUID:
    """Write a letter at a desk and send it."""
    with writing(database) as work:
        desk = Desk(**values)
        work.session.add(desk)
        work.session.flush()
        key = desk.id
    return sent(database, desk_id=key)


def told(database: Database) -> list[tuple[str, Any, str]]:
    """Give path, address and outcome of each message."""
    with database.session() as session:
        found = session.scalars(select(Message).order_by(Message.id))
        return [(m.told, m.address and m.address.open(), m.outcome) for m in found]


def test_everyone_whom_a_move_names_is_told_once(database: Database) -> None:
    with writing(database) as work:
        clerk, reader = (person(work.session, who) for who in (CLERK, READER))
        desk = Desk(address=DESK, secret=SECRET, clerk_id=clerk)
        work.session.add(desk)
        work.session.flush()
        row = letter(work.session, desk_id=desk.id, readers=[reader, clerk])
        move(work, row.id, "send")
    assert told(database) == [
        ("desk.address", DESK, "waiting"),
        ("desk.secret", SECRET, "waiting"),
        ("desk.clerk", CLERK, "waiting"),
        ("readers", READER, "waiting"),
    ]
    assert len(rows(database, JOBS)) == 4


def test_nobody_is_noted_as_nobody(database: Database) -> None:
    sent(database)
    assert {outcome for _path, _address, outcome in told(database)} == {"blank"}
    assert rows(database, JOBS) == []


def test_it_is_known_whom_the_last_move_told_and_where_nobody_was(database: Database) -> None:
    with writing(database) as work:
        desk = Desk(address=DESK)
        work.session.add(desk)
        work.session.flush()
        row = letter(work.session, desk_id=desk.id)
        move(work, row.id, "send")
        nobody = ["desk.clerk", "desk.secret", "readers"]
        assert told_by(work, row, "send") == (["desk.address"], nobody)
        assert told_by(work, row, "lose") == ([], [])


def test_who_is_out_of_use_is_not_told(database: Database) -> None:
    with writing(database) as work:
        away = person(work.session, LEFT, archived_at=work.now)
    at_desk(database, clerk_id=away)
    assert ("desk.clerk", None, "blank") in told(database)


def test_a_move_that_is_not_made_tells_nobody(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        sent(database, title="broken")
    assert (told(database), rows(database, JOBS)) == ([], [])


def test_an_address_lies_sealed_until_it_is_used_and_its_reading_is_recorded(
    database: Database, chosen: Settings, folder: Path
) -> None:
    at_desk(database, secret=SECRET)
    stored = rows(database, "SELECT address FROM platform_messages WHERE address IS NOT NULL")
    assert SECRET.encode() not in bytes(stored[0][0])
    with database.session() as session:
        (reading,) = session.scalars(select(Reading))
    assert (reading.record, reading.fields) == ("try_desks", ["secret"])
    assert worker.run(chosen, once=True)
    assert rows(database, "SELECT count(address) FROM platform_messages") == [(0,)]


def test_a_message_is_written_sent_and_marked(
    database: Database, chosen: Settings, folder: Path
) -> None:
    at_desk(database, address=DESK)
    assert worker.run(chosen, once=True)
    (box,) = mail.mailbox(chosen.mail_folder or folder)
    assert (box["To"], box["Subject"]) == (DESK, "a letter is sent")
    assert ("desk.address", None, "sent") in told(database)
    assert rows(database, JOBS) == []


def test_what_cannot_be_sent_now_is_tried_again(
    database: Database, chosen: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise NotSent("answer 451")

    monkeypatch.setattr(delivery, "hand_over", down)
    at_desk(database, address=DESK)
    assert worker.run(chosen, once=True)
    assert rows(database, JOBS) == [("todo", 1)]
    assert ("desk.address", DESK, "waiting") in told(database)


def test_what_can_never_be_sent_is_left_to_people(
    database: Database, chosen: Settings, folder: Path
) -> None:
    at_desk(database, address="no address\n")
    assert worker.run(chosen, once=True)
    assert rows(database, JOBS) == [("failed", 1)]


def test_a_message_about_what_is_gone_is_not_sent(
    database: Database, chosen: Settings, folder: Path
) -> None:
    at_desk(database, address=DESK)
    rows(database, "DELETE FROM try_letters RETURNING 1")
    assert worker.run(chosen, once=True)
    assert ("desk.address", None, "gone") in told(database)
    assert not (chosen.mail_folder or folder).exists()


def test_a_message_that_somebody_is_sending_is_left_to_them(
    database: Database, folder: Path
) -> None:
    at_desk(database, address=DESK)
    with database.session() as session:
        held = session.scalars(select(Message).where(Message.outcome == "waiting"))
        key = held.one().id
        session.execute(select(Message).where(Message.id == key).with_for_update())
        with pytest.raises(delivery.Busy):
            delivery.deliver(database, key)
    delivery.deliver(database, key)
    delivery.deliver(database, key)
    with database.session() as session:
        assert session.scalar(select(func.count()).where(Message.outcome == "sent")) == 1
