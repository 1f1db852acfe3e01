"""Rows of one customer are not there for another, whatever asks for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.platform.acting import act_as
from app.platform.apart import tenant_of
from app.platform.changes import Change
from app.platform.db import Database, Session, new_id
from app.platform.errors import Conflict, Forbidden
from app.platform.faults import as_problem
from app.platform.identity import accounts, sessions
from app.platform.identity.facts import sign_in_statement
from app.platform.identity.people import make_person
from app.platform.identity.tokens import token_hash
from app.platform.numbers import EVERYBODY, counted_by
from app.platform.schemas import In
from app.platform.separation import (
    OWN,
    NotSeparated,
    is_customer,
    refuse_mighty,
    separated,
)
from app.settings import settings
from dev.samples import Samples
from tests.platform.data.parcels import Letter


@pytest.fixture
def one(samples: Samples) -> UUID:
    return samples.tenant or new_id()


@pytest.fixture
def other(samples: Samples) -> UUID:
    return samples.begin() or new_id()


def write(session: Session, whose: UUID, title: str = "a letter") -> Letter:
    """Write a letter of a customer."""
    act_as(session, None, "a test", whose)
    letter = Letter(title=title)
    session.add(letter)
    session.flush()
    session.refresh(letter)
    return letter


def seen(session: Session, whose: UUID | None) -> set[UUID]:
    """Give the letters that are there in work for a customer."""
    act_as(session, None, "a test", whose)
    return set(session.scalars(select(Letter.id)))


def test_a_row_belongs_to_whom_the_work_is_for(session: Session, one: UUID) -> None:
    letter = write(session, one)
    assert tenant_of(letter) == one
    note = session.scalars(select(Change).where(Change.record_id == letter.id)).one()
    assert note.tenant__id == one
    assert "tenant__id" not in note.fields


def test_rows_of_others_are_not_there(session: Session, one: UUID, other: UUID) -> None:
    mine, theirs = write(session, one), write(session, other)
    assert seen(session, one) == {mine.id}
    assert seen(session, other) == {theirs.id}
    assert seen(session, None) == set()


def test_statements_for_many_rows_leave_others_alone(
    session: Session, one: UUID, other: UUID
) -> None:
    write(session, one)
    theirs = write(session, other)
    act_as(session, None, "a test", one)
    session.execute(update(Letter).values(title="mine"))
    session.execute(text("UPDATE try_letters SET title = 'mine'"))
    session.execute(delete(Letter), execution_options={"synchronize_session": False})
    act_as(session, None, "a test", other)
    session.refresh(theirs)
    assert theirs.title == "a letter"


def test_a_row_is_not_made_for_another_one(session: Session, one: UUID, other: UUID) -> None:
    act_as(session, None, "a test", one)
    with pytest.raises(Forbidden) as refused, as_problem():
        session.execute(
            text(
                "INSERT INTO try_letters (id, title, version, tenant__id) VALUES (:i, 'x', 1, :t)"
            ),
            {"i": new_id(), "t": other},
        )
    assert refused.value.code == "apart"


def test_nothing_is_made_for_nobody(session: Session) -> None:
    act_as(session, None, "a test")
    session.add(Letter(title="lost"))
    with pytest.raises(Forbidden), as_problem():
        session.flush()


def test_a_row_points_to_none_of_another_one(session: Session, one: UUID, other: UUID) -> None:
    theirs, mine = write(session, other), write(session, one)
    with pytest.raises(Conflict), as_problem():
        session.execute(update(Letter).where(Letter.id == mine.id).values(answers_id=theirs.id))


def test_two_customers_may_use_one_name(session: Session, one: UUID, other: UUID) -> None:
    write(session, one, "the same")
    write(session, other, "the same")
    with pytest.raises(Conflict), as_problem():
        write(session, other, "the same")


def test_what_is_left_blank_stays_with_its_customer(session: Session, one: UUID) -> None:
    first, second = write(session, one, "first"), write(session, one, "second")
    second.answers_id = first.id
    session.flush()
    session.execute(delete(Letter).where(Letter.id == first.id))
    session.refresh(second)
    assert second.tenant__id == one
    assert session.scalar(select(Letter.id).where(Letter.answers_id.is_not(None))) is None


def test_numbers_are_counted_for_each_customer() -> None:
    assert str(counted_by("try_letters")) == "platform_tenant()"
    assert counted_by("try_tags") == counted_by("nothing") == EVERYBODY


@pytest.mark.parametrize("apart", [False, True])
def test_one_statement_signs_in_and_tells_for_whom(session: Session, apart: bool) -> None:
    person = accounts.principal_for(session, "ana@example.com")
    token = sessions.begin(session, person.id)
    now = datetime.now(UTC)
    times = {"now": now, "idle_since": now - timedelta(1), "stale_since": now}
    said = {"token_hash": token_hash(token), "reference": "r-9", **times}
    found = session.execute(sign_in_statement(told=True, separated=apart), said).mappings().one()
    assert (found["principal_id"], found["tenant_id"]) == (person.id, person.tenant__id)
    told = text("SELECT current_setting('app.actor'), current_setting('app.reference')")
    assert tuple(session.execute(told).one()) == (str(person.id), "r-9")


def test_an_address_of_another_customer_is_taken(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "find", lambda *_: None)
    with pytest.raises(Conflict):
        accounts.principal_for(session, "ben@example.com")


def test_who_is_among_no_people_has_no_row(session: Session) -> None:
    act_as(session, None, "a test")
    person = accounts.principal_for(session, "eve@example.com")
    assert make_person(session, person, Letter, In) is False


def test_there_is_a_customer_or_there_is_none(session: Session, samples: Samples) -> None:
    row = samples.make("users")
    assert is_customer(session, row.id, "users")
    assert not is_customer(session, new_id(), "users")
    assert not is_customer(session, row.id, None)


def test_tables_are_kept_apart_where_the_system_separates() -> None:
    kept = separated("practices")
    assert kept["try_letters"] == OWN
    assert "platform_principals" in kept
    assert "try_shelves" not in kept
    assert separated(None) == {}


@pytest.fixture
def owner(database_urls: None) -> Iterator[Engine]:
    engine = create_engine(os.environ["APP_OWNER_DATABASE_URL"])
    yield engine
    engine.dispose()


def test_the_application_does_not_start_as_a_role_that_no_policy_holds(owner: Engine) -> None:
    with pytest.raises(NotSeparated, match="sees the rows of all customers"):
        refuse_mighty(owner, "practices")
    refuse_mighty(owner, None)


def test_it_starts_as_the_role_of_the_application(database_urls: None) -> None:
    database = Database(settings().database_url)
    refuse_mighty(database.engine, "practices")
    database.close()


def test_the_owner_sees_nothing_but_in_a_migration(
    owner: Engine, session: Session, one: UUID
) -> None:
    write(session, one)
    with owner.connect() as connection:
        seen = "SELECT count(*) FROM try_letters"
        assert connection.scalar(text(seen)) == 0
        forced = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'try_letters'"
        assert connection.scalar(text(forced)) is True
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(text("INSERT INTO try_letters (id, title, version) "
                                    "VALUES (gen_random_uuid(), 'x', 1)"))  # fmt: skip


@pytest.mark.parametrize("apart", [False, True])
def test_reading_has_a_transaction_where_customers_are_kept_apart(apart: bool) -> None:
    database = Database(settings().database_url, separated=apart)
    with database.session(reading=True) as reading:
        act_as(reading, None, "a test", new_id())
        told = reading.scalar(text("SELECT current_setting('app.tenant', true)"))
        assert bool(told) is apart
    database.close()
