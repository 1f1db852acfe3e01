"""Grants, scopes and the fields that only some roles see or set."""

from __future__ import annotations

import pytest

from app.platform.access import Grant
from app.platform.db import new_id
from app.platform.errors import Forbidden, NotFound
from app.platform.identity.actor import Actor
from app.platform.schemas import Query
from app.platform.scoping import scopes
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Boxes, Notes, Shelves
from tests.platform.data.working import Begin, box, change, note, read, shelf

KEEPER, ROOM = "keeper", {"room": "north"}


@pytest.mark.parametrize(
    ("words", "grant"),
    [
        ("see", Grant("see")),
        ("see own", Grant("see", own=True)),
        ("see same branch", Grant("see", same="branch")),
    ],
)
def test_a_grant_is_read_from_words(words: str, grant: Grant) -> None:
    assert Grant.parse(words) == grant


@pytest.mark.parametrize("words", ["", "see mine", "see same", "see own branch", "see same a b"])
def test_words_that_are_no_grant_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="reads 'see'"):
        Grant.parse(words)


@pytest.mark.parametrize("role", ["adder", "blind", "nobody"])
def test_without_a_grant_nothing_is_seen(work: Begin, role: str) -> None:
    row = shelf(work(KEEPER))
    with pytest.raises(Forbidden):
        Shelves(work(role)).get(row.id)
    with pytest.raises(Forbidden):
        Shelves(work(role)).list(s.ShelfQuery())


def test_a_row_outside_the_scope_is_not_there(work: Begin) -> None:
    theirs = shelf(work(KEEPER), room="south")
    for stranger in (work("helper"), work("neighbour", facts=ROOM), work("neighbour")):
        with pytest.raises(NotFound):
            Shelves(stranger).get(theirs.id)
        assert Shelves(stranger).list(s.ShelfQuery()).rows == []


def test_a_row_that_may_be_changed_but_not_seen_is_not_there(work: Begin) -> None:
    row = shelf(work(KEEPER))
    with pytest.raises(NotFound):
        Shelves(work("blind")).get(row.id, "change")


def test_a_row_that_is_seen_but_not_to_be_changed_is_forbidden(work: Begin) -> None:
    row = shelf(work(KEEPER))
    half = work("half")
    assert Shelves(half).get(row.id) is row
    with pytest.raises(Forbidden, match="see this, but not change"):
        Shelves(half).get(row.id, "change")


def test_several_roles_give_what_each_of_them_gives(work: Begin) -> None:
    north, south = shelf(work(KEEPER), "north one"), shelf(work(KEEPER), "south", room="south")
    both = work("helper", "neighbour", facts=ROOM)
    mine = shelf(both, "mine", room="south", owner_id=str(both.actor.id))
    seen = Shelves(both).list(s.ShelfQuery()).rows
    assert north in seen
    assert mine in seen
    assert south not in seen


def test_what_is_added_has_to_be_within_the_scope(work: Begin) -> None:
    helper, neighbour = work("helper"), work("neighbour", facts=ROOM)
    assert shelf(helper, "one", owner_id=str(helper.actor.id)).owner_id == helper.actor.id
    assert shelf(neighbour, "two", room="north").room == "north"
    with pytest.raises(Forbidden, match="not yours to add"):
        shelf(helper, "three")
    with pytest.raises(Forbidden, match="not yours to add"):
        shelf(neighbour, "four", room="south")


def test_what_makes_a_row_one_s_own_is_said_of_parts_too(work: Begin) -> None:
    both = work("helper", "neighbour", facts=ROOM)
    assert scopes(Shelves.policy, both.actor, "add") == ["owner_id", "room"]
    assert scopes(Boxes.policy, work("neighbour").actor, "add") == ["room"]


def test_a_change_that_leaves_the_scope_is_refused(work: Begin) -> None:
    helper, neighbour = work("helper"), work("neighbour", facts=ROOM)
    mine = shelf(helper, "mine", owner_id=str(helper.actor.id))
    ours = shelf(neighbour, "ours", room="north")
    with pytest.raises(Forbidden, match="not yours to change"):
        change(helper, mine, owner_id=None)
    with pytest.raises(Forbidden, match="not yours to change"):
        change(neighbour, ours, room="south")


def test_a_scope_reaches_through_another_record(work: Begin) -> None:
    keeper, helper = work(KEEPER), work("helper")
    mine = shelf(helper, "mine", owner_id=str(helper.actor.id))
    about = note(helper, mine)
    theirs = note(keeper, shelf(keeper, "theirs"))
    assert Notes(helper).get(about.id) is about
    with pytest.raises(NotFound):
        Notes(helper).get(theirs.id)


def test_whoever_may_change_a_record_adds_and_removes_its_parts(work: Begin) -> None:
    helper = work("helper")
    mine = shelf(helper, "mine", owner_id=str(helper.actor.id))
    part = box(helper, mine)
    assert Boxes(helper, mine.id).get(part.id, "archive") is part
    watcher = work("watcher")
    with pytest.raises(Forbidden):
        box(watcher, mine)
    with pytest.raises(Forbidden):
        Boxes(watcher, mine.id).get(part.id, "archive")
    assert Boxes(watcher, mine.id).get(part.id) is part


def test_the_parts_of_a_row_that_one_may_not_see_are_not_there(work: Begin) -> None:
    keeper, helper = work(KEEPER), work("helper")
    theirs = shelf(keeper)
    part = box(keeper, theirs)
    rows = Boxes(helper, theirs.id)
    with pytest.raises(NotFound):
        rows.get(part.id)
    with pytest.raises(NotFound):
        rows.list(Query())
    with pytest.raises(NotFound):
        rows.build(read(s.BoxIn, name="x"))


def test_a_part_is_found_in_its_own_record_alone(work: Begin) -> None:
    keeper = work(KEEPER)
    one, other = shelf(keeper, "one"), shelf(keeper, "other")
    part = box(keeper, one)
    with pytest.raises(NotFound):
        Boxes(keeper, other.id).get(part.id)
    assert Boxes(keeper, other.id).list(Query()).rows == []
    assert Boxes(keeper, one.id).list(Query()).rows == [part]


def test_a_field_is_set_by_its_roles_alone(work: Begin) -> None:
    helper = work("helper")
    mine = shelf(helper, owner_id=str(helper.actor.id))
    with pytest.raises(Forbidden, match="set price"):
        shelf(helper, "another", owner_id=str(helper.actor.id), price="1.00")
    with pytest.raises(Forbidden, match="set price"):
        change(helper, mine, price="1.00")
    assert change(helper, mine, label="renamed").label == "renamed"


def test_a_field_is_hidden_from_the_other_roles() -> None:
    policy = Shelves.policy
    assert policy.hidden_from(Actor(new_id(), frozenset({"watcher"}))) == {"height"}
    assert policy.hidden_from(Actor(new_id(), frozenset({"helper"}))) == set()
