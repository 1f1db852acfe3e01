"""The history of changes: the database writes it whatever the statement, and nothing undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, insert, select, text, update

from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.changes import Change, changes
from app.platform.db import Session
from app.platform.http.changing import changes_of
from app.platform.readings import Reading
from app.platform.schemas import ChangesQuery, Page
from app.platform.watching import watched
from tests.platform.data.parcels import Parcels, parcel
from tests.platform.data.thing_routes import router
from tests.platform.data.things import Boxes, Shelf, ShelfTag, Shelves, Tag
from tests.platform.data.working import Begin, box, change, shelf

ALL = ChangesQuery()


def notes(session: Session, row_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    """Give operation and fields of each change of a row, the first one first."""
    session.flush()
    found = session.scalars(select(Change).where(Change.record_id == row_id).order_by(Change.id))
    return [(note.operation, note.fields) for note in found]


def latest(page: Page[Any]) -> dict[str, tuple[Any, Any]]:
    """Give old and new of each field of the latest change that is shown in the clear."""
    return {f.field: (f.old, f.new) for f in page.items[0].fields if not f.hidden}


def test_what_was_added_and_changed_is_noted(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    row = shelf(keeper, price="12.50", room="north")
    change(keeper, row, room="south", price="7.00")
    (added, first), (changed, second) = notes(session, row.id)
    assert (added, changed) == ("add", "change")
    assert first["room"] == {"old": None, "new": "north"}
    assert second == {
        "room": {"old": "north", "new": "south"},
        "price": {"old": "12.50", "new": "7.00"},
    }


def test_who_and_in_which_request_is_noted(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    act_as(session, keeper.actor.id, "r-7")
    row = shelf(keeper)
    note = session.scalars(select(Change).where(Change.record_id == row.id)).one()
    assert (note.actor_id, note.reference, note.database_role) == (keeper.actor.id, "r-7", "app")


def test_a_change_that_nobody_signed_is_noted_as_well(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    act_as(session, None, "")
    row = shelf(keeper)
    note = session.scalars(select(Change).where(Change.record_id == row.id)).one()
    assert (note.actor_id, note.reference, note.database_role) == (None, None, "app")


def test_statements_for_many_rows_do_not_pass_by(work: Begin, session: Session) -> None:
    rows = [shelf(work("keeper"), label) for label in ("one", "two")]
    session.execute(update(Shelf).values(height=3))
    session.execute(text("UPDATE try_shelves SET height = 4"))
    session.execute(delete(Shelf))
    for row in rows:
        _, *later = notes(session, row.id)
        assert [what for what, _ in later] == ["change", "change", "erase"]
        assert [said["height"] for _, said in later] == [
            {"old": None, "new": 3},
            {"old": 3, "new": 4},
            {"old": 4, "new": None},
        ]


def test_a_relation_to_several_rows_is_a_field(work: Begin, session: Session) -> None:
    row, tag, other = shelf(work("keeper")), Tag(name="a"), Tag(name="b")
    session.add_all([tag, other])
    session.flush()
    session.execute(insert(ShelfTag).values(row_id=row.id, target_id=tag.id))
    session.execute(update(ShelfTag).values(target_id=other.id))
    session.execute(delete(ShelfTag))
    said = [fields["tags"] for what, fields in notes(session, row.id) if what == "change"]
    one, two = str(tag.id), str(other.id)
    assert said == [
        {"old": None, "new": one},
        {"old": one, "new": None},
        {"old": None, "new": two},
        {"old": two, "new": None},
    ]
    shown = latest(changes(Shelves(work("keeper")), row.id, ALL))
    assert shown == {"tags": (two, None)}


def test_a_version_alone_is_no_change(work: Begin, session: Session) -> None:
    row = shelf(work("keeper"))
    session.execute(update(Shelf).values(version=9))
    assert len(notes(session, row.id)) == 1


def test_putting_into_the_archive_is_noted(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    Shelves(keeper).archive(row)
    page = changes(Shelves(keeper), row.id, ALL)
    assert page.items[0].operation == "archive"
    assert latest(page) == {"archived_at": (None, "2026-03-31T12:00:00Z")}


def test_pages_of_changes_go_back_in_time(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    for height in (1, 2):
        change(keeper, row, height=height)
    seen, after = [], None
    while True:
        query = ChangesQuery(limit=1, after=after)
        page = changes(Shelves(keeper), row.id, query)
        seen.append(latest(page).get("height"))
        after = page.next
        if after is None:
            break
    assert seen == [(1, 2), (None, 1), None]


def test_looks_are_noted_where_the_record_wants_it(
    work: Begin, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, row = work("keeper"), parcel(session)
    monkeypatch.setattr(Parcels.policy, "reads_recorded", True)
    changes(Parcels(keeper), row.id, ALL)
    look = session.scalars(select(Reading).where(Reading.actor_id == keeper.actor.id)).one()
    assert (look.record, look.fields, look.record_ids) == ("try_parcels", ["changes"], [row.id])


def test_every_record_and_link_is_watched() -> None:
    names = watched()
    assert names["try_shelves"] == (None, None)
    assert names["try_shelves_tags"] == ("try_shelves", "tags")
    assert "platform_moves" not in names


def test_who_is_at_work_is_told_with_the_sign_in(
    as_somebody: Callable[..., TestClient], statements: list[str]
) -> None:
    client = as_somebody("keeper")
    del statements[:]
    added = client.post("/try/shelves", json={"label": "a shelf"}).json()
    (told,) = [statement for statement in statements if "token_hash" in statement]
    assert "set_config" in told
    del statements[:]
    client.get(f"/try/shelves/{added['id']}")
    (told,) = [statement for statement in statements if "token_hash" in statement]
    assert ("set_config" in told) is (SEPARATED_BY is not None)


def test_the_route_is_the_record_s_own() -> None:
    assert changes_of(router).prefix == "/try"


def test_changes_of_a_part_are_those_of_its_parent(work: Begin) -> None:
    keeper = work("keeper")
    row = shelf(keeper)
    piece = box(keeper, row)
    assert latest(changes(Boxes(keeper, row.id), piece.id, ALL))["name"] == (None, "a box")
