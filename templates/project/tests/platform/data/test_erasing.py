"""What goes for good when a row is erased, what lets go of it, and what stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform import moves
from app.platform.erasing import with_it
from app.platform.errors import Problem
from app.platform.faults import as_problem
from app.platform.files.models import StoredFile
from app.platform.jobs.clock import ClockMove
from app.platform.messages.models import Message
from app.platform.schemas import In
from app.platform.work import UnitOfWork
from app.platform.workflow import Moved
from tests.platform.data.parcels import Copies, Parcel, Parcels, Reason, Slip, Slips, parcel
from tests.platform.data.things import Box, Shelf, Shelves
from tests.platform.data.working import NOON, Begin, box, note, shelf


def sent(work: UnitOfWork) -> Parcel:
    """Send a parcel, and say why."""
    rows = Parcels(work)
    ready = moves.to_move(rows, parcel(work.session).id, "send")
    return moves.moved(rows, ready, "send", Reason(reason="Ana wants it"))


def test_parts_go_along_and_what_may_be_blank_lets_go(work: Begin) -> None:
    keeper = work("keeper")
    first = shelf(keeper, "first")
    parts = [box(keeper, first, name).id for name in ("one", "two")]
    second = shelf(keeper, "second", follows_id=str(first.id))
    Shelves(keeper).erase(first)
    keeper.session.expire_all()
    assert keeper.session.get(Shelf, first.id) is None
    assert [keeper.session.get(Box, part) for part in parts] == [None, None]
    assert (second.follows_id, second.version) == (None, 2)


def test_it_stays_while_something_must_not_lose_it(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    note(keeper, row)
    with pytest.raises(Problem) as refused, as_problem():
        Shelves(keeper).erase(row)
    assert refused.value.code == "in_use"


def test_what_goes_along_is_found_however_deep(work: Begin) -> None:
    keeper = work("keeper")
    row = parcel(keeper.session)
    slip = Slips(keeper, row.id).add(Slip(parcel_id=row.id))
    copy = Copies(keeper, slip.id).add(Copies(keeper, slip.id).build(In()))
    assert with_it(keeper.session, Parcel, [row.id]) == sorted([row.id, slip.id, copy.id])


def test_what_people_wrote_about_it_goes_and_who_moved_it_stays(work: Begin) -> None:
    sender = work("sender")
    row, other = sent(sender), sent(sender)
    for about in (row, other):
        about_it = {"record": "try_parcels", "record_id": about.id, "move": "send"}
        sender.session.add(Message(**about_it, told="owner", outcome="blank", at=NOON))
        sender.session.add(ClockMove(record_id=about.id, move="send", due=NOON))
    sender.session.flush()
    Parcels(sender).erase(row)
    sender.session.expire_all()
    asked = select(Moved).where(Moved.record_id.in_([row.id, other.id])).order_by(Moved.id)
    kept = [(move.record_id, move.answers) for move in sender.session.scalars(asked)]
    assert kept == [(row.id, {}), (other.id, {"reason": "Ana wants it"})]
    assert set(sender.session.scalars(select(Message.record_id))) == {other.id}
    assert set(sender.session.scalars(select(ClockMove.record_id))) == {other.id}


def test_its_files_and_those_of_its_parts_are_let_go_of(work: Begin) -> None:
    keeper = work("keeper")
    row, other = shelf(keeper, "first"), shelf(keeper, "second")
    owners = [row.id, box(keeper, row, "a part").id, other.id]
    about_it = {
        "record": "try_shelves",
        "field": "plan",
        "name": "a.txt",
        "media_type": "text/plain",
    }
    for at, owner in enumerate(owners):
        told = StoredFile(**about_it, size=1, store_key=f"key{at}", sealed=False, record_id=owner)
        told.uploaded_at = NOON
        keeper.session.add(told)
    keeper.session.flush()
    Shelves(keeper).erase(row)
    keeper.session.expire_all()
    held = select(StoredFile.record_id).where(StoredFile.released_at.is_(None))
    assert keeper.session.scalars(held).all() == [other.id]
