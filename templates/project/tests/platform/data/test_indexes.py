"""Lists walk an index: whatever they are sorted or filtered by, from wherever a page begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, text

from app.platform.access import table_of
from app.platform.db import Session
from app.platform.indexes import orders
from tests.platform.data.bills import Bill
from tests.platform.data.thing_schemas import ShelfQuery
from tests.platform.data.things import Secret, Shelf, Shelves
from tests.platform.data.working import Begin, shelf

Plans = Callable[[dict[str, Any]], list[str]]
SORTED = re.compile(r"(?<!Incremental )\bSort\b  ")
SORTS = ["created_at", "label", "height", "seen_on", "price"]


@pytest.fixture
def plans(work: Begin, session: Session, connection: Connection) -> Iterator[Plans]:
    """Give how PostgreSQL would answer a list of very many shelves."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if "ORDER BY" in statement and "EXPLAIN" not in statement:
            sent.append((statement, values))

    def told(query: dict[str, Any]) -> list[str]:
        sent.clear()
        Shelves(work("keeper")).list(ShelfQuery.model_validate(query))
        for way in ("seqscan", "bitmapscan", "sort"):  # what costs little where there is little
            session.execute(text(f"SET LOCAL enable_{way} = off"))
        asked = [(f"EXPLAIN {statement}", values) for statement, values in sent]
        found = [connection.exec_driver_sql(*one).scalars() for one in asked]
        return ["\n".join(lines) for lines in found]

    event.listen(connection, "before_cursor_execute", note)
    yield told
    event.remove(connection, "before_cursor_execute", note)


def places(work: Begin) -> list[UUID | None]:
    """Give where pages begin: at the beginning, after a row with values, after one without."""
    keeper = work("keeper")
    full = shelf(keeper, "full", height=1, price="1.00", seen_on="2026-03-31")
    return [None, full.id, shelf(keeper, "empty").id]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", SORTS)
def test_a_page_is_not_sorted_wherever_it_begins(
    work: Begin, plans: Plans, name: str, sign: str
) -> None:
    for place in places(work):
        for plan in plans({"sort": f"{sign}{name}", "after": place}):
            assert "Index Scan" in plan
            assert not SORTED.search(plan), plan


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_page_begins_where_the_index_is_entered(work: Begin, plans: Plans, sign: str) -> None:
    _, full, empty = places(work)
    for place in (full, empty):
        first, *_ = plans({"sort": f"{sign}height", "after": place})
        (entered,) = re.findall("Index Cond: (.*)", first)
        assert "id" in entered
        assert "height" in entered


@pytest.mark.parametrize(
    "asked",
    [
        {"room": "north"},
        {"height__gte": "2", "sort": "-height"},
        {"price__gte": "1.00", "price__lte": "2.00", "sort": "-price"},
    ],
    ids=str,
)
def test_what_is_asked_for_is_where_the_index_is_entered(
    plans: Plans, asked: dict[str, str]
) -> None:
    name = next(iter(asked)).partition("__")[0]
    for plan in plans(asked):
        assert not SORTED.search(plan), plan
        assert re.search(f"Index Cond: .*{name}", plan)


def test_a_stage_goes_with_what_grows_with_time() -> None:
    found = list(orders(table_of(Bill)))
    assert ("stage", "due_on") in found
    assert [names for names in found if names[:1] == ("stage",)] == [
        names for names in found if "stage" in names
    ]


def test_what_is_masked_or_sealed_has_no_order() -> None:
    assert list(orders(table_of(Secret))) == [(), ("room",)]
    assert ("note",) not in list(orders(table_of(Shelf)))
