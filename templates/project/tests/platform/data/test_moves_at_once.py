"""Moves that are made at once, and additions to what is being locked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.platform import moves
from app.platform.errors import Conflict
from app.platform.schemas import In
from tests.platform.data.parcels import Parcels, Slips, parcel
from tests.platform.data.working import Begin


def test_of_two_moves_at_once_one_wins(committed: Begin) -> None:
    first = committed("sender")
    with first.session:
        row = parcel(first.session)
        first.session.commit()
        key, started = row.id, threading.Event()

    def send(*, slowly: bool) -> str:
        work = committed("sender")
        with work.session:
            rows = Parcels(work)
            try:
                ready = moves.to_move(rows, key, "send")
            except Conflict as error:
                return error.code
            started.set()
            threading.Event().wait(0.2 if slowly else 0)
            moves.moved(rows, ready, "send")
            work.session.commit()
            return "made"

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(send, slowly=True)
        assert started.wait(5)
        fast = pool.submit(send, slowly=False)
        assert (slow.result(), fast.result()) == ("made", "wrong_stage")


def test_nothing_is_added_to_what_is_being_locked(committed: Begin) -> None:
    keeper = committed("keeper")
    with keeper.session:
        row = parcel(keeper.session)
        keeper.session.commit()
        key, started = row.id, threading.Event()

    def send() -> None:
        work = committed("sender")
        with work.session:
            rows = Parcels(work)
            ready = moves.to_move(rows, key, "send")
            started.set()
            threading.Event().wait(0.2)
            moves.moved(rows, ready, "send")
            work.session.commit()

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        assert started.wait(5)
        late = committed("keeper")
        with late.session, pytest.raises(Conflict) as refused:
            Slips(late, key).build(In())
        sending.result()
    assert refused.value.code == "locked"
