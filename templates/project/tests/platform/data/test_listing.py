"""Lists: every row once, in whatever order, while rows come and go."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from uuid import UUID

import pytest

from app.platform.db import new_id
from app.platform.errors import Conflict, Forbidden
from app.platform.work import UnitOfWork
from tests.platform.data.thing_schemas import ShelfQuery
from tests.platform.data.things import Shelf, Shelves
from tests.platform.data.working import Begin, change, shelf

ORDERS = [
    f"{sign}{name}"
    for sign in ("", "-")
    for name in ("created_at", "label", "height", "seen_on", "stands", "price")
]


@pytest.fixture
def rows(work: Begin) -> list[Shelf]:
    """Shelves with equal values, different ones and none."""
    keeper, values = work("keeper"), itertools.product((None, 1, 2), (None, True, False))
    return [
        shelf(
            keeper,
            f"shelf {'abcdefghi'[place]}",
            height=height,
            stands=stands,
            price=None if height is None else f"{height}.50",
            seen_on=None if stands is None else f"2026-03-{10 + stands}",
        )
        for place, (height, stands) in enumerate(values)
    ]


def walk(
    work: UnitOfWork, sort: str, between: Callable[[list[UUID]], object] = len, limit: int = 2
) -> list[UUID]:
    """Go through a list page by page and give what was seen; `between` happens in between."""
    seen: list[UUID] = []
    after: UUID | None = None
    while True:
        page = Shelves(work).list(ShelfQuery(sort=sort, limit=limit, after=after))
        seen += [row.id for row in page.rows]
        if page.next is None:
            return seen
        after = page.next
        between(seen)


@pytest.mark.parametrize("sort", ORDERS)
def test_every_row_comes_once(rows: list[Shelf], work: Begin, sort: str) -> None:
    keeper, wanted = work("keeper"), sorted(row.id for row in rows)
    seen = {limit: sorted(walk(keeper, sort, limit=limit)) for limit in (1, 2, 9, 100)}
    assert seen == dict.fromkeys(seen, wanted)


@pytest.mark.parametrize("sort", ORDERS)
def test_rows_stand_in_order_and_those_without_a_value_at_the_end(
    rows: list[Shelf], work: Begin, sort: str
) -> None:
    by_id = {row.id: row for row in rows}
    name = sort.removeprefix("-").replace("created_at", "id")
    values = [getattr(by_id[key], name) for key in walk(work("keeper"), sort)]
    some = [value for value in values if value is not None]
    assert values == some + [None] * (len(values) - len(some))
    assert some == sorted(some, reverse=sort.startswith("-"))


@pytest.mark.parametrize("sort", ORDERS)
def test_rows_that_come_and_go_take_no_other_one_with_them(
    rows: list[Shelf], work: Begin, sort: str
) -> None:
    keeper = work("keeper")
    stays = {row.id for row in rows}
    names = iter("jklmnopqrst")

    def come_and_go(seen: list[UUID]) -> None:
        Shelves(keeper).archive(keeper.session.get_one(Shelf, seen[-1]))
        shelf(keeper, f"new {next(names)}", height=1, stands=True)

    seen = walk(keeper, sort, come_and_go)
    assert len(seen) == len(set(seen))
    assert stays <= set(seen)


def test_a_place_that_one_may_not_see_is_no_place(work: Begin, rows: list[Shelf]) -> None:
    helper = work("helper")
    mine = shelf(helper, "mine", owner_id=str(helper.actor.id))
    for hidden in (rows[0].id, new_id()):
        with pytest.raises(Conflict, match="first page") as refused:
            Shelves(helper).list(ShelfQuery(sort="label", after=hidden))
        assert [error.field for error in refused.value.errors] == ["after"]
        found = Shelves(helper).list(ShelfQuery(sort="-created_at", after=new_id()))
        assert list(found.rows) == [mine]


def test_a_row_that_was_removed_leaves_its_place_among_the_newest(
    rows: list[Shelf], work: Begin
) -> None:
    keeper = work("keeper")
    first = Shelves(keeper).list(ShelfQuery(limit=1))
    rest = [row.id for row in reversed(rows)][1:]
    Shelves(keeper).erase(first.rows[0])
    assert [r.id for r in Shelves(keeper).list(ShelfQuery(after=first.next)).rows] == rest
    with pytest.raises(Conflict):
        Shelves(keeper).list(ShelfQuery(sort="label", after=first.next))


def test_a_row_that_left_the_scope_is_no_place_any_more(work: Begin) -> None:
    neighbour = work("neighbour", facts={"room": "north"})
    row = shelf(neighbour, "one")
    change(work("keeper"), row, room="south")
    with pytest.raises(Conflict):
        Shelves(neighbour).list(ShelfQuery(sort="label", after=row.id))


@pytest.mark.parametrize("sign", ["", "-"])
def test_rows_of_one_value_are_in_the_order_of_their_making(
    rows: list[Shelf], work: Begin, sign: str
) -> None:
    asked = {"sort": f"{sign}height", "height": "1"}
    found = Shelves(work("keeper")).list(ShelfQuery.model_validate(asked)).rows
    wanted = [row for row in rows if row.height == 1]
    assert list(found) == wanted[:: -1 if sign else 1]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"height": "1"}, 3),
        ({"height__gte": "2"}, 3),
        ({"price__lte": "1.50"}, 3),
        ({"price__gte": "1.50", "price__lte": "2.49"}, 3),
        ({"stands": "false"}, 3),
        ({"stands": "true", "height": "2"}, 1),
        ({"room": "south"}, 0),
        ({"label": "shelf a"}, 1),
        ({"label": "shelf %"}, 0),
        ({"label": "x' or 'x' = 'x"}, 0),
    ],
)
def test_filters_narrow_a_list(
    rows: list[Shelf], work: Begin, asked: dict[str, str], number: int
) -> None:
    found = Shelves(work("keeper")).list(ShelfQuery.model_validate(asked))
    assert len(found.rows) == number
    assert {row.id for row in found.rows} <= {row.id for row in rows}


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("watcher", {"height": "1"}),
        ("watcher", {"height__gte": "1"}),
        ("watcher", {"sort": "-height"}),
        ("keeper", {"note": "x"}),
        ("keeper", {"sort": "note"}),
    ],
)
def test_nobody_asks_about_a_field_that_they_do_not_see(
    work: Begin, role: str, asked: dict[str, str]
) -> None:
    with pytest.raises(Forbidden, match=r"do not see (height|note)"):
        Shelves(work(role)).list(ShelfQuery.model_validate(asked))
