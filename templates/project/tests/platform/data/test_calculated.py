"""Calculated fields: one definition for what is shown, filtered and sorted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import event

from app.platform.pieces import names_in
from app.platform.schemas import Query
from app.platform.values import sort
from app.platform.work import UnitOfWork
from tests.platform.data.bills import Bill, Bills, bill, charge
from tests.platform.data.working import Begin

DAY = dt.date(2026, 3, 31)


class BillQuery(Query):
    """How bills are listed here."""

    sort: str = sort("total", "ends_on")
    total__gte: Decimal | None = None


@pytest.fixture
def keeper(work: Begin) -> UnitOfWork:
    """Work of somebody who may do everything with bills."""
    return work("keeper")


def test_what_is_calculated_is_calculated_from_what_is_there(keeper: UnitOfWork) -> None:
    row = bill(keeper.session, charge("2.50", 3, 1), charge("0.10", 1, 2), due_on=DAY)
    assert (row.pieces, row.total, row.usual) == (2, Decimal("7.60"), Decimal("3.800"))
    assert (row.lasted, row.late, row.ends_on) == (
        dt.timedelta(hours=3),
        True,
        dt.date(2026, 4, 30),
    )


def test_what_is_changed_is_calculated_anew(keeper: UnitOfWork) -> None:
    row = bill(keeper.session, due_on=DAY)
    row.due_on = dt.date(2026, 1, 1)
    keeper.session.flush()
    assert row.ends_on == dt.date(2026, 1, 31)


def test_the_sum_of_no_parts_is_nothing_and_what_is_divided_by_it_blank(
    keeper: UnitOfWork,
) -> None:
    row = bill(keeper.session)
    assert (row.pieces, row.total, row.lasted) == (0, Decimal("0.00"), dt.timedelta())
    assert row.usual is None


def test_a_blank_part_adds_nothing_and_makes_a_product_blank(keeper: UnitOfWork) -> None:
    row = bill(keeper.session, charge("5", 1), {"price": Decimal(7)})
    assert (row.pieces, row.total) == (2, Decimal("5.00"))


def test_a_part_in_the_archive_counts_no_more_until_its_whole_follows(
    keeper: UnitOfWork,
) -> None:
    gone, left = charge("5", 1) | {"archived_at": keeper.now}, charge("2", 1)
    row = bill(keeper.session, gone, left)
    assert row.total == Decimal("2.00")
    Bills(keeper).archive(row)
    keeper.session.refresh(row)
    assert row.total == Decimal("7.00")  # both went at the same moment


def test_what_does_not_fit_is_blank(keeper: UnitOfWork) -> None:
    most = charge("9999999999999999.99", 9007199254740991)
    row = bill(keeper.session, most, due_on=dt.date(9999, 12, 30), took=dt.timedelta(days=9**7))
    assert (row.total, row.huge, row.ends_on, row.ends_at) == (Decimal("0.00"), None, None, None)


def test_a_value_over_a_relation_is_blank_without_it(keeper: UnitOfWork) -> None:
    assert bill(keeper.session).room is None


def test_lists_are_filtered_and_sorted_by_what_is_calculated(keeper: UnitOfWork) -> None:
    prices = ("3", "1", "2", "2")
    rows = [bill(keeper.session, charge(price, 1)) for price in prices]
    query = BillQuery(sort="-total", total__gte=Decimal(2), limit=1)
    seen: list[Bill] = []
    while len(seen) <= len(rows):
        page = Bills(keeper).list(query)
        seen += page.rows
        if page.next is None:
            break
        query = query.model_copy(update={"after": page.next})
    assert [row.total for row in seen] == [3, 2, 2]
    assert {row.id for row in seen} == {rows[at].id for at in (0, 2, 3)}


def test_a_list_takes_one_statement_however_many_rows_there_are(keeper: UnitOfWork) -> None:
    for _ in range(5):
        bill(keeper.session, charge("1", 1))
    keeper.session.expunge_all()
    said: list[str] = []
    connection = keeper.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2]))
    asked = BillQuery(sort="total", limit=4)
    assert [row.total for row in Bills(keeper).list(asked).rows] == [1] * 4
    assert len(said) == 1


def test_names_stand_in_braces_and_not_in_quotes() -> None:
    assert names_in("{a.b} = 'it''s {no}' OR {sum of c.d} > 1") == ["a.b", "sum of c.d"]
