"""Moves that are made at once, and additions to what is being locked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

import pytest

from app.platform import moves
from app.platform.errors import Conflict
from app.platform.schemas import In
from tests.platform.data.parcels import Parcels, Slips, parcel
from tests.platform.data.working import Begin

A_WHILE = 0.2


@contextmanager
def being_sent(begin: Begin) -> Iterator[UUID]:
    """Give a parcel that somebody is just sending, which takes a while."""
    with begin("keeper").session as session:
        key = parcel(session).id
        session.commit()
    started = threading.Event()

    def send() -> None:
        work = begin("sender")
        with work.session:
            rows = Parcels(work)
            ready = moves.to_move(rows, key, "send")
            started.set()
            threading.Event().wait(A_WHILE)
            moves.moved(rows, ready, "send")
            work.session.commit()

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        assert started.wait(5)
        yield key
        sending.result()


def test_of_two_moves_at_once_one_wins(committed: Begin) -> None:
    with being_sent(committed) as key:
        late = committed("sender")
        with late.session, pytest.raises(Conflict) as refused:
            moves.to_move(Parcels(late), key, "send")
    assert refused.value.code == "wrong_stage"


def test_nothing_is_added_to_what_is_being_locked(committed: Begin) -> None:
    with being_sent(committed) as key:
        late = committed("keeper")
        with late.session, pytest.raises(Conflict) as refused:
            Slips(late, key).build(In())
    assert refused.value.code == "locked"
