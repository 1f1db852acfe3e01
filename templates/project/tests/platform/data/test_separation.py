"""Rows of one customer are not there for another, whatever asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import ProgrammingError

from app.platform.acting import act_as
from app.platform.apart import tenant_of
from app.platform.changes import Change
from app.platform.constraints import within
from app.platform.db import Session, new_id
from app.platform.errors import Conflict, Forbidden
from app.platform.faults import as_problem
from app.platform.identity import accounts, sessions
from app.platform.identity.facts import sign_in_statement
from app.platform.identity.people import make_person
from app.platform.identity.tokens import token_hash
from app.platform.numbers import EVERYBODY, counted_by
from app.platform.schemas import In
from app.platform.separation import is_customer
from dev.samples import Samples
from tests.platform.data.parcels import Postcard


@pytest.fixture
def one(samples: Samples) -> UUID:
    return samples.tenant or new_id()


@pytest.fixture
def other(samples: Samples) -> UUID:
    return samples.begin() or new_id()


def write(session: Session, whose: UUID, title: str = "a postcard") -> Postcard:
    """Write a postcard of a customer."""
    act_as(session, None, "a test", whose)
    postcard = Postcard(title=title)
    session.add(postcard)
    session.flush()
    session.refresh(postcard)
    return postcard


def seen(session: Session, whose: UUID | None) -> set[UUID]:
    """Give the postcards that are there in work for a customer."""
    act_as(session, None, "a test", whose)
    return set(session.scalars(select(Postcard.id)))


def test_a_row_belongs_to_whom_the_work_is_for(session: Session, one: UUID) -> None:
    postcard = write(session, one)
    assert tenant_of(postcard) == one
    note = session.scalars(select(Change).where(Change.record_id == postcard.id)).one()
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
    session.execute(update(Postcard).values(title="mine"))
    session.execute(text("UPDATE try_postcards SET title = 'mine'"))
    session.execute(delete(Postcard), execution_options={"synchronize_session": False})
    act_as(session, None, "a test", other)
    session.refresh(theirs)
    assert theirs.title == "a postcard"


def test_a_row_is_not_made_for_another_one(session: Session, one: UUID, other: UUID) -> None:
    act_as(session, None, "a test", one)
    with pytest.raises(Forbidden) as refused, as_problem():
        session.execute(
            text(
                "INSERT INTO try_postcards (id, title, version, tenant__id) VALUES (:i, 'x', 1, :t)"
            ),
            {"i": new_id(), "t": other},
        )
    assert refused.value.code == "apart"


def test_what_the_role_may_not_do_is_no_word_about_customers(session: Session) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), as_problem():
        session.execute(text("CREATE TABLE public.try_none ()"))


def test_nothing_is_made_for_nobody(session: Session) -> None:
    act_as(session, None, "a test")
    session.add(Postcard(title="lost"))
    with pytest.raises(Forbidden), as_problem():
        session.flush()


def test_a_row_points_to_none_of_another_one(session: Session, one: UUID, other: UUID) -> None:
    theirs, mine = write(session, other), write(session, one)
    with pytest.raises(Conflict), as_problem():
        session.execute(update(Postcard).where(Postcard.id == mine.id).values(answers_id=theirs.id))


def test_a_key_says_whose_both_rows_are_and_leaves_that_alone() -> None:
    key, blank = (within("a_id", "things", way) for way in ("CASCADE", "SET NULL"))
    assert key.column_keys == blank.column_keys == ["tenant__id", "a_id"]
    assert (key.ondelete, blank.ondelete) == ("CASCADE", "SET NULL (a_id)")


def test_two_customers_may_use_one_name(session: Session, one: UUID, other: UUID) -> None:
    write(session, one, "the same")
    write(session, other, "the same")
    with pytest.raises(Conflict), as_problem():
        write(session, other, "the same")


def test_what_is_left_blank_stays_with_its_customer(session: Session, one: UUID) -> None:
    first, second = write(session, one, "first"), write(session, one, "second")
    second.answers_id = first.id
    session.flush()
    session.execute(delete(Postcard).where(Postcard.id == first.id))
    session.refresh(second)
    assert second.tenant__id == one
    assert session.scalar(select(Postcard.id).where(Postcard.answers_id.is_not(None))) is None


def test_numbers_are_counted_for_each_customer() -> None:
    assert str(counted_by("try_postcards")) == "platform_tenant()"
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
    assert make_person(session, person, Postcard, In) is False


def test_there_is_a_customer_or_there_is_none(session: Session, samples: Samples) -> None:
    row = samples.make("users")
    assert is_customer(session, row.id, "users")
    assert not is_customer(session, new_id(), "users")
    assert not is_customer(session, row.id, None)
