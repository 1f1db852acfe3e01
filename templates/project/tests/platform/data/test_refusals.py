"""What the database refuses, and how the caller learns of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.platform.columns import decimal_places
from app.platform.constraints import LONGEST_NAME, check, fitting, literal
from app.platform.db import Entity, new_id
from app.platform.errors import Conflict, Invalid, PreconditionFailed, Problem
from app.platform.faults import as_problem, problem_of
from tests.platform.data.things import Box, Shelf, Tag
from tests.platform.data.working import Begin, box, shelf

GOOD: dict[str, Any] = {"label": "a shelf", "room": "north"}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"room": "attic"}, "room_choices"),
        ({"label": "x"}, "label_min"),
        ({"label": "x" * 21}, "label_max"),
        ({"label": "UPPER"}, "label_pattern"),
        ({"label": "fine\nUPPER"}, "label_pattern"),
        ({"price": Decimal("-0.01")}, "price_min"),
        ({"price": Decimal("1000.01")}, "price_max"),
        ({"limit": Decimal(-1)}, "limit_min"),
        ({"depth": Decimal(-1)}, "depth_min"),
        ({"seen_on": dt.date(2019, 12, 31)}, "seen_on_min"),
    ],
)
def test_the_database_holds_the_rules_too(work: Begin, values: dict[str, Any], rule: str) -> None:
    session = work("keeper").session
    session.add(Shelf(**GOOD | values))
    with pytest.raises(Conflict) as refused, as_problem():
        session.flush()
    assert refused.value.detail == f"A value breaks the rule {rule}."


@pytest.mark.parametrize(
    "values",
    [
        {"price": Decimal(0)}, {"price": Decimal(1000)}, {"label": "it's"}, {"label": "a:b"},
        {"seen_on": dt.date(2020, 1, 1)}, {"limit": None}, {"depth": Decimal("1.234")},
    ],
)  # fmt: skip
def test_what_the_rules_allow_is_kept(work: Begin, values: dict[str, Any]) -> None:
    session = work("keeper").session
    row = Shelf(**GOOD | values)
    session.add(row)
    session.flush()
    session.refresh(row)
    assert {name: getattr(row, name) for name in values} == values


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"label": "a\0b"}, "unstorable"),
        ({"room": "x" * 61}, "unstorable"),
        ({"height": 2**70}, "unstorable"),
        ({"price": Decimal(10) ** 20}, "unstorable"),
        ({"owner_id": new_id()}, "in_use"),
    ],
)
def test_what_slips_through_is_refused_by_the_database(
    work: Begin, values: dict[str, Any], code: str
) -> None:
    session = work("keeper").session
    session.add(Shelf(**GOOD | values))
    with pytest.raises(Problem) as refused, as_problem():
        session.flush()
    assert refused.value.code == code
    assert str(next(iter(values.values()))) not in refused.value.detail


def test_a_name_that_is_taken_is_said_without_its_value(work: Begin) -> None:
    session = work("keeper").session
    session.add_all([Tag(name="canary"), Tag(name="canary")])
    with pytest.raises(Conflict) as refused, as_problem():
        session.flush()
    assert refused.value.detail == "There already is one with the same name."


def test_an_id_that_is_taken_is_called_the_id(work: Begin) -> None:
    session = work("keeper").session
    same = new_id()
    session.add(Tag(id=same, name="one"))
    session.flush()
    session.expunge_all()
    session.add(Tag(id=same, name="two"))
    with pytest.raises(Conflict, match="the same id"), as_problem():
        session.flush()


def test_what_is_still_pointed_to_cannot_be_removed(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    first = box(keeper, row, "first")
    box(keeper, row, "second", beside_id=str(first.id))
    keeper.session.delete(first)
    with pytest.raises(Conflict) as refused, as_problem():
        keeper.session.flush()
    assert refused.value.code == "in_use"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (pg.UniqueViolation, 409, "taken"),
        (pg.ForeignKeyViolation, 409, "in_use"),
        (pg.RestrictViolation, 409, "in_use"),
        (pg.CheckViolation, 409, "out_of_bounds"),
        (pg.NumericValueOutOfRange, 422, "unstorable"),
        (pg.SerializationFailure, 409, "busy"),
        (pg.DeadlockDetected, 409, "busy"),
        (pg.LockNotAvailable, 409, "busy"),
    ],
)
def test_every_refusal_has_a_code(kind: type[pg.Error], status: int, code: str) -> None:
    problem = problem_of(DBAPIError("INSERT", {"value": "canary"}, kind("canary")))
    assert problem is not None
    assert (problem.status, problem.code) == (status, code)
    assert "canary" not in str(problem)


def test_our_own_faults_pass_through() -> None:
    for fault in (DBAPIError("SELECT", {}, pg.UndefinedTable("x")), KeyError("x")):
        with pytest.raises(type(fault)), as_problem():
            raise fault
    with pytest.raises(PreconditionFailed), as_problem():
        raise StaleDataError("x")
    with pytest.raises(Invalid), as_problem():
        raise Invalid("x")


def test_a_name_fits_into_postgresql_and_changes_with_the_rule() -> None:
    long = check("a" * 80, "x > 0").name
    assert isinstance(long, str)
    assert len(long) == LONGEST_NAME
    assert check("a", "x > 0").name == check("a", "x > 0").name != check("a", "x > 1").name
    assert fitting("uq", "jobs", "number") == "uq__jobs__number"
    names = {fitting("uq", "t" * 60, end) for end in ("one", "two")}
    assert len(names) == 2
    assert {len(name) for name in names} == {LONGEST_NAME}


@pytest.mark.parametrize(
    ("value", "sql"),
    [
        (5, "5"), (Decimal("1.50"), "1.50"), ("it's", "'it''s'"),
        (dt.date(2026, 3, 31), "'2026-03-31'"), (dt.time(9, 30), "'09:30:00'"),
    ],
)  # fmt: skip
def test_a_bound_is_written_as_a_literal(value: object, sql: str) -> None:
    assert literal(value) == sql


def test_every_column_of_a_record_says_its_level() -> None:
    for entity in (Shelf, Box, Tag):
        assert all("data" in column.info for column in entity.__table__.columns)
    assert decimal_places("public", places=3).column.info["data"] == "public"
    assert issubclass(Shelf, Entity)
