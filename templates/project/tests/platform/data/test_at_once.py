"""Many at once, with real connections and commits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.platform.db import Database
from app.platform.errors import Conflict, NotFound, PreconditionFailed
from app.platform.faults import as_problem
from app.platform.idempotency import IdempotencyKey, once, only_once
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Shelf, Shelves
from tests.platform.data.working import Begin, change, read, shelf

pytestmark = pytest.mark.usefixtures("own_database")


def add_once(begin: Begin, label: str, key: str | None, started: threading.Event) -> UUID:
    """Add a shelf with an Idempotency-Key, slowly, and commit."""
    work = begin("keeper", idempotency_key=key)
    body = read(s.ShelfCreate, label=label)

    def slowly() -> Shelf:
        started.set()
        row = Shelves(work).add(Shelves(work).build(body))
        threading.Event().wait(0.2)
        return row

    with work.session:
        row = once(work, body, slowly)
        work.session.commit()
        return row.id


def test_the_same_request_twice_at_once_adds_one_row(
    committed: Begin, own_database: Database
) -> None:
    started = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(add_once, committed, "at once", "key", started)
        assert started.wait(5)
        second = pool.submit(add_once, committed, "at once", "key", started)
        assert first.result() == second.result()
    with own_database.session() as session:
        asked = select(func.count()).select_from(Shelf).where(Shelf.label == "at once")
        assert session.scalar(asked) == 1


def import_once(begin: Begin, label: str, *, keep: bool) -> str:
    """Do once what takes its time, as the button of an import does; say what became of it."""
    work = begin("keeper", route="POST /records/shelves/import/run")
    with work.session:
        try:
            only_once(work, label, "done before")
        except Conflict as problem:
            return problem.detail
        shelf(work, label)
        threading.Event().wait(0.2)
        work.session.commit() if keep else work.session.rollback()
        return "done"


def test_a_button_that_is_pressed_twice_at_once_does_one_thing(
    committed: Begin, own_database: Database
) -> None:
    for label, keep, said in (
        ("pressed", True, ["done", "done before"]), ("refused", False, ["done", "done"])
    ):  # fmt: skip
        with ThreadPoolExecutor(2) as pool:
            tries = [pool.submit(import_once, committed, label, keep=keep) for _ in range(2)]
            assert sorted(one.result() for one in tries) == said
    with own_database.session() as session:
        asked = select(func.count()).select_from(Shelf).where(Shelf.label == "pressed")
        assert session.scalar(asked) == 1


def test_a_request_that_failed_can_be_sent_again(committed: Begin) -> None:
    work = committed("keeper", idempotency_key="again")
    body = read(s.ShelfCreate, label="again")

    def fail() -> Shelf:
        raise Conflict("not now")

    with work.session, pytest.raises(Conflict):
        once(work, body, fail)
    assert add_once(committed, "again", "again", threading.Event()).version == 7


def test_a_key_stands_for_one_request_of_one_actor_on_one_route(work: Begin) -> None:
    keeper = work("keeper", idempotency_key="mine")
    body, other = read(s.ShelfCreate, label="one"), read(s.ShelfCreate, label="two")
    first = once(keeper, body, lambda: shelf(keeper, "one"))
    assert once(keeper, body, lambda: shelf(keeper, "never")) is first
    with pytest.raises(Conflict) as refused:
        once(keeper, other, lambda: shelf(keeper, "never"))
    assert refused.value.code == "key_reused"
    elsewhere = work(
        "keeper", idempotency_key="mine", person=keeper.actor.id, route="POST /elsewhere"
    )
    somebody = work("keeper", idempotency_key="mine")
    assert once(elsewhere, other, lambda: shelf(keeper, "two")).label == "two"
    assert once(somebody, other, lambda: shelf(keeper, "three")).label == "three"
    without = work("keeper")
    assert once(without, body, lambda: shelf(keeper, "four")).label == "four"


def test_what_was_sent_is_not_kept(work: Begin) -> None:
    keeper = work("keeper", idempotency_key="k")
    body = read(s.ShelfCreate, label="canary")
    once(keeper, body, lambda: shelf(keeper, "canary"))
    kept = keeper.session.execute(select(IdempotencyKey.__table__)).one()
    assert "canary" not in str(kept)


def test_a_row_that_was_removed_since_is_not_added_again(work: Begin) -> None:
    keeper = work("keeper", idempotency_key="k")
    body = read(s.ShelfCreate, label="short lived")
    Shelves(keeper).erase(once(keeper, body, lambda: shelf(keeper, "short lived")))
    with pytest.raises(NotFound, match="removed"):
        once(keeper, body, lambda: shelf(keeper, "never"))


def test_of_two_changes_to_one_version_one_is_lost(committed: Begin) -> None:
    first, second = committed("keeper"), committed("keeper")
    with first.session, second.session:
        row = shelf(first, "contested")
        first.session.commit()
        theirs = Shelves(second).get(row.id)
        change(first, row, height=1)
        first.session.commit()
        theirs.height = 2
        with pytest.raises(PreconditionFailed), as_problem():
            Shelves(second).save(theirs)
