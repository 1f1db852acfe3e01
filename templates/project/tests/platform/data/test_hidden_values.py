"""Masked and sealed values: shown to those who ask for them, and that is recorded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from app.platform.db import Session
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.faults import as_problem
from app.platform.readings import Reading
from app.platform.schemas import Out
from app.platform.sealed import SealedValue
from app.platform.views import may, unmasked, views
from app.platform.work import UnitOfWork
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Box, Secret, Secrets
from tests.platform.data.working import Begin, box, read, secret, shelf

CANARY = "zoe-canary-31"


@pytest.fixture
def row(work: Begin) -> Secret:
    return kept(work("keeper"), room="north")


def kept(work: UnitOfWork, **values: Any) -> Secret:
    """Add a secret, and forget what was written in the clear."""
    made = secret(work, CANARY, **{"code": "12.50", "phone": "+1 555 0100"} | values)
    work.session.expire(made)
    return made


def looks(session: Session) -> list[tuple[list[str], int]]:
    """Give the fields of each recorded look, and at how many rows it was."""
    session.flush()
    found = session.scalars(select(Reading).order_by(Reading.id))
    return [(look.fields, len(look.record_ids)) for look in found]


def test_the_database_holds_nothing_in_the_clear(row: Secret, session: Session) -> None:
    session.flush()
    stored = session.execute(text("SELECT * FROM try_secrets")).one()
    assert all(CANARY not in str(value) for value in stored)
    assert all(CANARY.encode() not in value for value in stored if isinstance(value, bytes))
    assert isinstance(row.name, SealedValue)


def test_hidden_fields_are_named_and_empty(row: Secret, work: Begin, session: Session) -> None:
    (shown,) = views(work("watcher"), s.SecretOut, [row])
    assert (shown.name, shown.code, shown.phone) == (None, None, None)
    assert shown.hidden_fields == ["code", "name", "phone"]
    assert looks(session) == []


def test_who_may_unmask_reads_the_name_and_that_is_recorded(
    row: Secret, work: Begin, session: Session
) -> None:
    (shown,) = views(work("keeper"), s.SecretItem, [row])
    assert (shown.name, shown.hidden_fields) == (CANARY, [])
    (shown,) = views(work("keeper"), s.SecretOut, [row])
    assert shown.hidden_fields == ["code", "phone"]
    assert looks(session) == [(["name"], 1)] * 2
    assert CANARY not in str(session.execute(select(Reading.__table__)).all())


def test_names_show_within_the_scope_of_unmasking_alone(work: Begin, session: Session) -> None:
    north, south = kept(work("keeper")), kept(work("keeper"), room="south", code=None)
    warden = work("warden", facts={"room": "south"})
    first, second = views(warden, s.SecretItem, [north, south])
    assert (first.name, second.name) == (None, CANARY)
    assert (first.hidden_fields, second.hidden_fields) == (["name"], [])
    assert looks(session) == [(["name"], 1)]


def test_a_name_that_a_role_does_not_see_stays_hidden_whatever_it_may_unmask(
    row: Secret, work: Begin, session: Session
) -> None:
    (shown,) = views(work("clerk"), s.SecretItem, [row])
    assert (shown.name, shown.hidden_fields) == (None, ["name"])
    assert looks(session) == []


def test_a_view_without_the_name_records_nothing(
    row: Secret, work: Begin, session: Session
) -> None:
    (shown,) = views(work("keeper"), Out, [row])
    assert shown.hidden_fields == []
    assert looks(session) == []


def test_an_empty_list_has_no_views(work: Begin) -> None:
    assert views(work("keeper"), s.SecretItem, []) == []


def test_rows_without_hidden_fields_are_shown_as_they_are(work: Begin) -> None:
    keeper = work("keeper")

    class BoxOut(Out):
        name: str

    part: Box = box(keeper, shelf(keeper), "a box")
    assert [view.name for view in views(keeper, BoxOut, [part])] == ["a box"]


def test_unmasking_gives_the_values_and_is_recorded(
    row: Secret, work: Begin, session: Session
) -> None:
    clear = unmasked(work("keeper"), row, ["phone", "code", "code"])
    assert clear == {"code": Decimal("12.50"), "phone": "+1 555 0100"}
    assert looks(session) == [(["code", "phone"], 1)]
    look = session.scalars(select(Reading)).one()
    assert (look.record, look.record_ids, look.reference) == ("try_secrets", [row.id], "r-1")


def test_a_field_is_unmasked_for_those_who_see_it_alone(
    row: Secret, work: Begin, session: Session
) -> None:
    with pytest.raises(Forbidden):
        unmasked(work("clerk"), row, ["phone", "code"])
    assert looks(session) == []


def test_whether_one_may_is_asked_of_the_row(row: Secret, work: Begin) -> None:
    assert may(work("keeper"), row, "unmask")
    assert not may(work("watcher"), row, "unmask")
    assert may(work("warden", facts={"room": "north"}), row, "unmask")
    assert not may(work("warden", facts={"room": "south"}), row, "unmask")


def test_a_guess_is_for_those_who_see_the_field(row: Secret, work: Begin) -> None:
    wanted = read(s.SecretFind, code="12.50")
    assert Secrets(work("warden")).find(wanted).rows == [row]
    assert Secrets(work("keeper")).find(read(s.SecretFind, code="12.51")).rows == []
    with pytest.raises(Forbidden, match="code"):
        Secrets(work("watcher")).find(wanted)
    with pytest.raises(Forbidden):
        Secrets(work("helper")).find(wanted)
    with pytest.raises(Invalid, match="what to look for"):
        Secrets(work("keeper")).find(read(s.SecretFind))


def test_a_sealed_value_may_be_unique(row: Secret, work: Begin) -> None:
    with pytest.raises(Conflict, match="the same code") as refused, as_problem():
        kept(work("keeper"), code="12.5")
    assert refused.value.code == "taken"
    assert "12" not in str(refused.value)
