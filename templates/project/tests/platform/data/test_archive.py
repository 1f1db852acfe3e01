"""What the archive takes along, lets go of, and waits for."""

from __future__ import annotations

from typing import Any

import pytest

from app.platform.archive import pointing_to
from app.platform.errors import Conflict
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Boxes, Notes, Secret, Shelf, Shelves
from tests.platform.data.working import NOON, Begin, box, note, shelf


def test_it_leaves_the_lists_and_keeps_its_id(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    Shelves(keeper).archive(row)
    assert Shelves(keeper).list(s.ShelfQuery()).rows == []
    assert Shelves(keeper).get(row.id).archived_at == NOON


def test_parts_go_along(work: Begin) -> None:
    keeper, other = work("keeper"), work("keeper")
    row = shelf(keeper)
    parts = [box(keeper, row, name) for name in ("one", "two")]
    Shelves(other).archive(row)
    for part in parts:
        assert part.archived_at == NOON
        assert part.updated_by == other.actor.id
        assert part.version == 2


def test_a_relation_that_may_be_blank_lets_go(work: Begin) -> None:
    keeper, other = work("keeper"), work("keeper")
    first = shelf(keeper, "first")
    second = shelf(keeper, "second", follows_id=str(first.id))
    Shelves(other).archive(first)
    keeper.session.refresh(second)
    assert (second.follows_id, second.archived_at) == (None, None)
    assert (second.version, second.updated_by) == (2, other.actor.id)


def test_it_waits_while_something_must_not_lose_it(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    about = note(keeper, row)
    with pytest.raises(Conflict, match="used by try notes") as refused:
        Shelves(keeper).archive(row)
    assert refused.value.code == "in_use"
    keeper.session.refresh(row)
    row.archived_at = None
    Notes(keeper).archive(about)
    Shelves(keeper).archive(row)
    assert row.archived_at == NOON


def test_what_goes_along_does_not_hold_on_to_the_rest(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    first = box(keeper, row, "first")
    second = box(keeper, row, "second", beside_id=str(first.id))
    with pytest.raises(Conflict):
        Boxes(keeper, row.id).archive(first)
    first.archived_at = None
    keeper.session.flush()
    Shelves(keeper).archive(row)
    assert [part.archived_at for part in (first, second)] == [NOON, NOON]


def test_relations_of_the_blueprint_are_followed_alone() -> None:
    found: list[Any] = [(entity.__name__, column.name) for entity, column in pointing_to(Shelf)]
    assert found == [
        ("Box", "shelf_id"), ("Note", "shelf_id"), ("Shelf", "follows_id"),
    ]  # fmt: skip
    assert list(pointing_to(Secret)) == []
