"""What a move needs comes along with it, within what whoever makes it may change."""

from __future__ import annotations

from typing import Any

import pytest

from app.platform import moves
from app.platform import workflow as w
from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from app.platform.errors import Conflict, Forbidden
from app.platform.schemas import PageQuery
from app.platform.work import UnitOfWork
from tests.platform.data.console.filling import AsSomebody
from tests.platform.data.parcel_routes import ParcelChange
from tests.platform.data.parcels import Parcel, Parcels, parcel
from tests.platform.data.working import Begin

TABLE = Parcel.__tablename__


def lose(work: UnitOfWork, row: Parcel, **values: Any) -> Parcel:
    """Make a move that brings something."""
    rows, answers = Parcels(work), ParcelChange(**values)
    return moves.moved(rows, moves.to_move(rows, row.id, "lose", answers), "lose", answers)


@pytest.fixture(autouse=True)
def planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a move need something, and begin where nothing is edited."""
    move = w.Move(["sent"], "lost", by=["keeper", "sender"], needs=["weight"])
    monkeypatch.setitem(POLICIES[TABLE].workflow.moves, "lose", move)


def test_what_is_blank_is_filled_in_where_nothing_is_edited_any_more(work: Begin) -> None:
    keeper = work("keeper")
    row = lose(keeper, parcel(keeper.session, stage="sent", weight=None), weight=5)
    assert (row.stage, row.weight, row.version) == ("lost", 5, 2)
    (kept,) = moves.history(Parcels(keeper), row.id, PageQuery()).items
    assert kept.answers == {}


def test_what_was_filled_in_is_not_filled_in_again(work: Begin) -> None:
    keeper = work("keeper")
    row = parcel(keeper.session, stage="sent", weight=3)
    with pytest.raises(Conflict) as refused:
        lose(keeper, row, weight=5)
    assert (refused.value.code, row.weight, row.stage) == ("filled", 3, "sent")


def test_what_brings_nothing_still_waits(work: Begin) -> None:
    keeper = work("keeper")
    with pytest.raises(Conflict) as refused:
        lose(keeper, parcel(keeper.session, stage="sent", weight=None), weight=None)
    assert refused.value.code == "missing"


def test_who_may_not_change_it_brings_nothing(work: Begin) -> None:
    sender = work("sender")
    row = parcel(sender.session, stage="sent", weight=None)
    with pytest.raises(Forbidden):
        lose(sender, row, weight=5)
    assert row.weight is None


def test_the_route_takes_what_the_move_needs_and_nothing_else(
    as_somebody: AsSomebody, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants = POLICIES[TABLE].grants
    monkeypatch.setitem(grants, "sender", [*grants["sender"], Grant("change")])
    client, row = as_somebody("sender"), parcel(session, weight=None)
    send = f"/try/parcels/{row.id}/send"
    bad: list[Any] = [{"weight": 0}, {"weight": "many"}, {"owner_id": None}, {"stage": "lost"}, []]
    for wrong in bad:
        assert client.post(send, json=wrong).status_code == 422
    assert client.post(send).json()["errors"][0]["field"] == "weight"
    assert client.post(send, json={"weight": 5}).json()["stage"] == "sent"
    session.refresh(row)
    assert row.weight == 5
