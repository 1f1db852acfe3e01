"""Moves from stage to stage: who makes them, when, and what is kept of them."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from app.platform import moves
from app.platform.db import Database
from app.platform.errors import Conflict, Forbidden, NotFound, PreconditionFailed, Problem
from app.platform.schemas import In, PageQuery
from app.platform.work import UnitOfWork
from tests.platform.data.parcels import Copies, Copy, Parcel, Parcels, Reason, Slips, parcel
from tests.platform.data.working import Begin, begin


def move(work: UnitOfWork, row: Parcel, name: str, answers: In | None = None) -> Parcel:
    """Make a move, as a service does."""
    rows = Parcels(work)
    return moves.moved(rows, moves.to_move(rows, row.id, name), name, answers)


def refusal(work: UnitOfWork, row: Parcel, name: str) -> str:
    """Try a move that is refused, and give the code of the refusal."""
    with pytest.raises(Problem) as refused:
        move(work, row, name)
    return refused.value.code


def test_a_move_leads_to_its_stage_and_makes_a_new_version(work: Begin) -> None:
    sender = work("sender")
    row = move(sender, parcel(sender.session), "send")
    assert (row.stage, row.version, row.updated_by) == ("sent", 2, sender.actor.id)


def test_a_move_is_for_its_roles_and_what_is_not_seen_is_not_there(work: Begin) -> None:
    row = parcel(work("keeper").session)
    with pytest.raises(Forbidden):
        move(work("keeper"), row, "send")
    with pytest.raises(Forbidden):
        move(work("nobody"), row, "send")
    with pytest.raises(NotFound):
        moves.to_move(Parcels(work("sender")), UUID(int=1), "send")


def test_only_the_owner_makes_what_only_owners_make(work: Begin) -> None:
    owner = work("owner")
    mine = parcel(owner.session, stage="sent", owner_id=owner.actor.id)
    another = parcel(owner.session, stage="sent")
    assert move(owner, mine, "return").stage == "back"
    with pytest.raises(Forbidden):
        move(owner, another, "return")


def test_a_move_begins_in_its_stages_alone(work: Begin) -> None:
    sender = work("sender")
    assert refusal(sender, parcel(sender.session, stage="lost"), "send") == "wrong_stage"
    assert move(sender, parcel(sender.session, stage="back"), "send").stage == "sent"


def test_a_move_waits_for_what_it_needs(work: Begin) -> None:
    sender = work("sender")
    row = parcel(sender.session, weight=None)
    with pytest.raises(Conflict) as refused:
        move(sender, row, "send")
    assert [(error.field, error.code) for error in refused.value.errors] == [("weight", "missing")]


def test_whoever_made_the_other_move_cannot_make_this_one(work: Begin) -> None:
    sender = work("sender")
    row = move(sender, parcel(sender.session), "send")
    assert refusal(sender, row, "lose") == "same_person"
    assert move(work("keeper"), row, "lose").stage == "lost"


def test_what_is_in_the_archive_does_not_move(work: Begin) -> None:
    sender = work("sender")
    row = parcel(sender.session, archived_at=sender.now)
    assert refusal(sender, row, "send") == "archived"


def test_a_move_may_name_the_version_that_it_is_about(work: Begin) -> None:
    sender = work("sender", if_match='"1"')
    row = move(sender, parcel(sender.session), "send")
    again = begin(sender.session, sender.actor.id, "sender", if_match='"1"')
    with pytest.raises(PreconditionFailed):
        move(again, row, "send")


def test_the_history_shows_pages_with_the_latest_first(work: Begin) -> None:
    sender = work("sender")
    row = move(sender, parcel(sender.session), "send", Reason(reason="it is time"))
    row.stage = "back"
    move(sender, row, "send")
    shown = moves.history(Parcels(sender), row.id, PageQuery(limit=1))
    rest = moves.history(Parcels(sender), row.id, PageQuery(after=shown.next))
    assert [item.from_stage for item in (*shown.items, *rest.items)] == ["back", "packed"]
    (first,) = rest.items
    assert (first.answers, first.actor_id, rest.next) == (
        {"reason": "it is time"},
        sender.actor.id,
        None,
    )


def test_the_history_is_for_those_who_see_the_row(work: Begin) -> None:
    with pytest.raises(Forbidden):
        moves.history(Parcels(work("nobody")), UUID(int=1), PageQuery())


@pytest.mark.parametrize(
    "words", ["UPDATE platform_moves SET move = 'x'", "DELETE FROM platform_moves"]
)
def test_the_application_cannot_change_the_history(own_database: Database, words: str) -> None:
    with own_database.session() as session, pytest.raises(ProgrammingError, match="denied"):
        session.execute(text(words))


def test_a_locked_stage_locks_the_record(work: Begin) -> None:
    keeper = work("keeper", if_match='"1"')
    row = parcel(keeper.session, stage="sent")
    with pytest.raises(Conflict) as refused:
        Parcels(keeper).to_change(row.id)
    assert refused.value.code == "locked"
    assert Parcels(keeper).to_change(row.id, "archive") is row


def test_a_locked_stage_locks_parts_and_their_parts(work: Begin) -> None:
    keeper = work("keeper", if_match='"1"')
    row = parcel(keeper.session)
    slip = Slips(keeper, row.id).add(Slips(keeper, row.id).build(In()))
    copy = Copies(keeper, slip.id).add(Copies(keeper, slip.id).build(In()))
    assert Copies(keeper, slip.id).to_change(copy.id) is copy
    row.stage = "lost"
    keeper.session.flush()
    for rows, part in ((Slips(keeper, row.id), slip), (Copies(keeper, slip.id), copy)):
        for edit in (rows.to_change, lambda key, rows=rows: rows.to_change(key, "archive")):
            with pytest.raises(Conflict) as refused:
                edit(part.id)
            assert refused.value.code == "locked"
        with pytest.raises(Conflict):
            rows.build(In())
    assert keeper.session.scalars(select(Copy)).all() == [copy]
