"""Changes: in the version that was read, of what is in use, to what is there."""

from __future__ import annotations

import pytest

from app.platform.db import new_id
from app.platform.errors import Conflict, NotFound, PreconditionFailed, PreconditionRequired
from app.platform.faults import as_problem
from app.platform.schemas import Query
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Boxes, Secrets, Shelves, Tag, Tags
from tests.platform.data.working import NOON, Begin, box, change, named, read, secret, shelf


def tag(work: Begin, name: str) -> Tag:
    rows = Tags(work("keeper"))
    return rows.add(rows.build(read(s.TagIn, name=name)))


def test_a_change_names_the_version(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    with pytest.raises(PreconditionRequired):
        Shelves(keeper).to_change(row.id)
    for stale in ("2", "0", "", "*"):
        with pytest.raises(PreconditionFailed):
            Shelves(work("keeper", if_match=stale)).to_change(row.id)
    with pytest.raises(PreconditionFailed):
        Shelves(named(keeper, 2)).to_change(row.id)


def test_a_change_is_signed_and_makes_a_new_version(work: Begin) -> None:
    row, other = shelf(work("keeper")), work("keeper")
    changed = change(other, row, label="renamed")
    assert (changed.version, changed.updated_by) == (2, other.actor.id)
    assert changed.updated_at == NOON
    assert changed.created_by != other.actor.id


def test_a_change_of_nothing_is_no_change(work: Begin) -> None:
    row = shelf(work("keeper"), price="5.00")
    assert change(work("keeper"), row, label=row.label).version == 1
    assert change(work("keeper"), row).version == 1


def test_what_is_left_out_stays_and_null_empties(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper, price="5.00", height=3)
    change(keeper, row, height=None)
    assert (row.price, row.height) == (s.ShelfChange(price="5.00").price, None)


def test_somebody_who_was_quicker_wins(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    keeper.session.connection().exec_driver_sql("UPDATE try_shelves SET version = 5")
    with pytest.raises(PreconditionFailed, match="meanwhile"), as_problem():
        change(keeper, row, label="renamed")


def test_in_the_archive_nothing_changes(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    Shelves(keeper).archive(row)
    with pytest.raises(Conflict, match="archive") as refused:
        change(keeper, row, label="renamed")
    assert refused.value.code == "archived"


def test_one_points_to_what_one_may_see(work: Begin) -> None:
    keeper, helper = work("keeper"), work("helper")
    theirs = shelf(keeper, "theirs")
    mine = shelf(helper, "mine", owner_id=str(helper.actor.id))
    for hidden in (theirs.id, new_id()):
        with pytest.raises(Conflict) as refused:
            change(helper, mine, follows_id=str(hidden))
        assert [error.field for error in refused.value.errors] == ["follows_id"]
    assert change(keeper, mine, follows_id=str(theirs.id)).follows_id == theirs.id


def test_what_is_pointed_to_already_may_stay(work: Begin) -> None:
    keeper, helper = work("keeper"), work("helper")
    theirs = shelf(keeper, "theirs")
    mine = shelf(keeper, "mine", follows_id=str(theirs.id), owner_id=None)
    keeper.session.execute(  # the keeper may not point to other people, the helper to itself
        Shelves.policy.table.update().values(owner_id=helper.actor.id)
    )
    keeper.session.refresh(mine)
    changed = change(helper, mine, follows_id=str(theirs.id), label="renamed")
    assert changed.label == "renamed"


def test_one_points_to_oneself_but_not_to_somebody_unseen(work: Begin) -> None:
    helper, other = work("helper"), work("helper")
    assert shelf(helper, owner_id=str(helper.actor.id)).owner_id == helper.actor.id
    with pytest.raises(Conflict):
        shelf(helper, "another", owner_id=str(other.actor.id))


def test_nothing_points_to_what_is_in_the_archive(work: Begin) -> None:
    keeper = work("keeper")
    old = shelf(keeper, "old")
    Shelves(keeper).archive(old)
    with pytest.raises(Conflict):
        shelf(keeper, "new", follows_id=str(old.id))
    with pytest.raises(NotFound):
        box(keeper, old)
    with pytest.raises(NotFound):
        Boxes(keeper, old.id).list(Query())


def test_several_may_be_pointed_to_at_once(work: Begin) -> None:
    one, two, three = (tag(work, name) for name in ("one", "two", "three"))
    keeper = work("keeper")
    row = shelf(keeper, tags=[str(one.id), str(two.id)])
    changed = change(keeper, row, tags=[str(two.id), str(three.id)])
    assert set(changed.tags) == {two.id, three.id}
    assert changed.version == 2
    keeper.session.expire(row)
    assert set(row.tags) == {two.id, three.id}
    Tags(keeper).archive(one)
    for gone in (one.id, new_id()):
        with pytest.raises(Conflict) as refused:
            change(keeper, row, tags=[str(gone)])
        assert [error.field for error in refused.value.errors] == ["tags"]
    assert change(keeper, row, tags=[]).tags == []


def test_a_sealed_value_keeps_its_digest(work: Begin) -> None:
    keeper = work("keeper")
    row = secret(keeper, code="12.50")
    found = Secrets(keeper).find(read(s.SecretFind, code="12.5")).rows
    assert found == [row]
    rows = Secrets(named(keeper, row.version))
    rows.fill(row, read(s.SecretChange, code="13.00"))
    rows.save(row)
    assert Secrets(keeper).find(read(s.SecretFind, code="12.50")).rows == []
    assert Secrets(keeper).find(read(s.SecretFind, code="13.00")).rows == [row]
    rows.fill(row, read(s.SecretChange, code=None))
    rows.save(row)
    assert row.code_digest is None


def test_a_removed_row_is_gone(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    Shelves(keeper).erase(row)
    with pytest.raises(NotFound):
        Shelves(keeper).get(row.id)
