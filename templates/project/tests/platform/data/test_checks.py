"""Checks: asked before the database is, held by it where it can, and kept by moves and parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app.platform.errors import Conflict, Problem
from app.platform.faults import problem_of
from app.platform.moves import moved
from app.platform.schemas import In
from app.platform.work import UnitOfWork
from tests.platform.data.bills import (
    Bill,
    BillIn,
    Bills,
    Charge,
    ChargeIn,
    Charges,
    Mark,
    Marks,
    Payer,
    bill,
    charge,
)
from tests.platform.data.working import Begin

LATE = dt.date(9999, 12, 31)


@pytest.fixture
def keeper(work: Begin) -> UnitOfWork:
    """Work of somebody who may do everything with bills."""
    return work("keeper")


def added(work: UnitOfWork, **values: Any) -> Bill:
    """Add a bill as a service does."""
    rows = Bills(work)
    return rows.add(rows.build(BillIn(**values), stage="open"))


def told(refused: pytest.ExceptionInfo[Problem]) -> list[tuple[str, str]]:
    """Give the fields and messages of a refusal."""
    assert refused.value.code == "check"
    return [(error.field, error.message) for error in refused.value.errors]


def test_every_broken_check_is_named_with_its_fields_before_anything_is_written(
    keeper: UnitOfWork,
) -> None:
    payer = Payer()
    keeper.session.add(payer)
    keeper.session.flush()
    with pytest.raises(Conflict) as refused:
        added(keeper, due_on=LATE, pin=10000, payer_id=payer.id)
    assert told(refused) == [
        ("due_on", "Due before the last day."),
        ("due_on", "Not on the last day."),
        ("pin", "Somebody pays a small pin."),
        ("payer_id", "Somebody pays a small pin."),
    ]
    assert "10000" not in refused.value.detail


def test_what_is_unknown_breaks_no_check(keeper: UnitOfWork) -> None:
    assert added(keeper).due_on is None
    assert added(keeper, due_on=LATE - dt.timedelta(days=1), pin=10000).version == 1


def test_a_check_of_what_is_calculated_and_of_the_clock_is_asked(keeper: UnitOfWork) -> None:
    assert added(keeper, took=dt.timedelta(days=8)).version == 1
    with pytest.raises(Conflict) as refused:
        added(keeper, took=dt.timedelta(days=9))
    assert [field for field, _ in told(refused)] == ["took", "ends_at"]


def test_a_change_is_checked_with_what_stays(work: Begin, keeper: UnitOfWork) -> None:
    row = added(keeper, due_on=dt.date(2026, 1, 1))
    rows = Bills(work("keeper", person=keeper.actor.id, if_match=f'"{row.version}"'))
    rows.fill(rows.to_change(row.id), BillIn(due_on=LATE))
    with pytest.raises(Conflict):
        rows.save(row)


def test_the_database_says_the_same(keeper: UnitOfWork) -> None:
    row = bill(keeper.session)
    row.due_on = LATE
    with pytest.raises(DBAPIError) as broken:
        keeper.session.flush()
    problem = problem_of(broken.value)
    assert isinstance(problem, Conflict)
    assert [(error.field, error.message) for error in problem.errors] == [
        ("due_on", "Due before the last day.")
    ]


def test_what_is_sealed_is_opened_to_be_checked(keeper: UnitOfWork) -> None:
    payer = Payer()
    keeper.session.add(payer)
    keeper.session.flush()
    row = bill(keeper.session, pin=12, payer_id=payer.id)
    rows = Bills(keeper)
    row.due_on = dt.date(2026, 1, 1)
    assert rows.save(row).version == 2


def test_a_move_to_a_stage_in_which_a_check_is_broken_is_refused(keeper: UnitOfWork) -> None:
    row = bill(keeper.session)
    with pytest.raises(Conflict) as refused:
        moved(Bills(keeper), row, "pay")
    assert told(refused) == [
        ("total", "Paid bills are for something."),
        ("stage", "Paid bills are for something."),
    ]
    assert row.stage == "open"


def paid(keeper: UnitOfWork) -> tuple[Bill, Charge]:
    """Make a bill that is paid and has one charge."""
    row = bill(keeper.session, charge("5", 1))
    row.stage = "paid"
    keeper.session.flush()
    return row, keeper.session.query(Charge).filter_by(bill_id=row.id).one()


def changed(rows: Charges, line: Charge) -> None:
    """Change a charge so that it costs nothing."""
    line.count = 0
    rows.save(line)


@pytest.mark.parametrize("act", [Charges.archive, Charges.erase, changed])
def test_a_part_goes_or_changes_only_while_its_whole_keeps_its_checks(
    keeper: UnitOfWork, act: Callable[[Charges, Charge], None]
) -> None:
    row, line = paid(keeper)
    with pytest.raises(Conflict) as refused:
        act(Charges(keeper, row.id), line)
    assert told(refused)[0] == ("total", "Paid bills are for something.")


def test_a_part_is_added_only_while_its_whole_keeps_its_checks(keeper: UnitOfWork) -> None:
    row, line = paid(keeper)
    line.count = 0
    keeper.session.flush()
    rows = Charges(keeper, row.id)
    with pytest.raises(Conflict):
        rows.add(rows.build(ChargeIn(price=Decimal(0), count=1)))


def test_a_part_of_a_part_asks_the_whole_above(keeper: UnitOfWork) -> None:
    _, line = paid(keeper)
    rows = Marks(keeper, line.id)
    assert rows.add(rows.build(In())).charge_id == line.id
    line.count = 0
    keeper.session.flush()
    with pytest.raises(Conflict):
        rows.add(Mark(charge_id=line.id))
