"""Rows are found by how words begin, and tell nobody more than lists do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from app.platform import searching
from app.platform.db import Session
from app.platform.errors import Conflict, Forbidden
from app.platform.readings import Reading
from app.platform.schemas import looking_for
from app.platform.work import UnitOfWork
from tests.calling import ids
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Secrets, Shelf, Shelves
from tests.platform.data.working import Begin, read, secret, shelf

FOUND = [
    ("kim lee", "kim"),
    ("kim lee", "LEE Kim"),
    ("kimberley", "kim"),
    ("Zürich-West", "zurich"),
    ("Zurich", "ZÜRICH"),
    ("Иванов", "иван"),
    ("Straße", "straß"),
    ("１２", "12"),
    ("kim@example.com", "example"),
    ("kim@example.com", "kim@exam"),
    ("+1 601-555-0142", "555 0142"),
    ("J-2026-00001", "j-2026"),
    ("12-34", "34"),
    ("a_b", "b"),
    ("O'Brien", "brien"),
    ("Smith & Sons", "sons smith"),
    ("x" * 3000, "x" * 64),
    ("x" * 3000, "x" * 90),
]
MISSED = [
    ("Zürich", "rich"),
    ("kim lee", "kim kum"),
    ("kim", "kimberley"),
    ("", "kim"),
    ("--", "kim"),
]
HOSTILE = ["' | a", "z:*", "!maps kim", "\\", "\\'", "z\\", "%", "a'b", "''", "((", "&", "<->"]


@pytest.mark.parametrize(("said", "sought"), FOUND)
def test_words_are_found(session: Session, said: str, sought: str) -> None:
    assert holds(session, said, sought) is True


@pytest.mark.parametrize(("said", "sought"), MISSED)
def test_other_words_are_not(session: Session, said: str, sought: str) -> None:
    assert not holds(session, said, sought)


def holds(session: Session, said: str, sought: str) -> bool | None:
    asked = text("SELECT platform_words(:said) @@ platform_wanted(:sought)")
    found: bool | None = session.execute(asked, {"said": said, "sought": sought}).scalar_one()
    return found


@pytest.fixture
def rows(work: Begin) -> list[Shelf]:
    keeper = work("keeper")
    return [
        shelf(keeper, "books of kim", room="north", note="Quiet please"),
        shelf(keeper, "books of lee", room="south", note="Loud"),
        shelf(keeper, "maps", room="north"),
    ]


def labels(work: UnitOfWork, words: str, **query: str) -> list[str]:
    asked = s.ShelfQuery.model_validate({"sort": "label"} | query)
    return [row.label for row in Shelves(work).list(looking_for(asked, words)).rows]


def test_each_word_may_stand_anywhere_in_what_one_sees(rows: list[Shelf], work: Begin) -> None:
    assert labels(work("watcher"), "book") == ["books of kim", "books of lee"]
    assert labels(work("watcher"), "KIM book") == ["books of kim"]
    assert labels(work("keeper"), "quiet kim") == ["books of kim"]
    assert labels(work("keeper"), "quiet lee") == []


@pytest.mark.parametrize("most", [0, 1, 2])
def test_what_many_rows_hold_is_found_as_well(
    rows: list[Shelf], work: Begin, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(searching, "FEW", most)
    assert labels(work("watcher"), "books", sort="-label") == ["books of lee", "books of kim"]
    assert labels(work("watcher"), "lee") == ["books of lee"]


def test_signs_between_words_do_not_count(rows: list[Shelf], work: Begin) -> None:
    assert labels(work("watcher"), "books & kim") == ["books of kim"]
    assert labels(work("watcher"), "&") == []


@pytest.mark.parametrize("words", HOSTILE)
def test_what_means_something_to_the_database_does_not_here(
    rows: list[Shelf], work: Begin, words: str
) -> None:
    assert labels(work("watcher"), words) == []


def test_filters_order_and_pages_go_with_it(rows: list[Shelf], work: Begin) -> None:
    watcher = work("watcher")
    assert labels(watcher, "books", room="south") == ["books of lee"]
    assert labels(watcher, "books", sort="-label") == ["books of lee", "books of kim"]
    first = read(s.ShelfQuery, limit=1, sort="label")
    page = Shelves(watcher).list(looking_for(first, "books"))
    assert page.next == page.rows[0].id == rows[0].id
    rest = labels(watcher, "books", sort="label", after=str(page.next))
    assert rest == ["books of lee"]


def test_a_row_that_is_not_found_any_more_still_says_where_a_page_begins(
    rows: list[Shelf], work: Begin
) -> None:
    assert labels(work("watcher"), "lee", sort="label", after=str(rows[0].id)) == ["books of lee"]
    with pytest.raises(Conflict):
        labels(work("helper"), "lee", sort="label", after=str(rows[0].id))


def test_rows_that_one_does_not_see_are_not_found(rows: list[Shelf], work: Begin) -> None:
    neighbour = work("neighbour", facts={"room": "south"})
    assert labels(neighbour, "books") == ["books of lee"]
    assert labels(work("helper"), "books") == []
    with pytest.raises(Forbidden):
        labels(work("adder"), "books")


def test_archived_rows_are_not_found(rows: list[Shelf], work: Begin) -> None:
    keeper = work("keeper", if_match=f'"{rows[0].version}"')
    shelves = Shelves(keeper)
    shelves.archive(shelves.to_change(rows[0].id, "archive"))
    assert labels(work("watcher"), "books") == ["books of lee"]


def test_masked_fields_are_searched_where_one_may_unmask_them(
    rows: list[Shelf], work: Begin, session: Session
) -> None:
    assert labels(work("watcher"), "quiet") == []
    assert labels(work("taker", facts={"room": "south"}), "quiet") == []
    assert labels(work("taker", facts={"room": "south"}), "loud") == ["books of lee"]
    session.flush()
    assert len(labels(work("taker", facts={"room": "south"}), "books")) == 2
    session.flush()
    looks = session.scalars(select(Reading)).all()
    assert [(look.verb, look.fields) for look in looks] == [("search", ["note"])] * 2
    assert [look.record_ids for look in looks] == [[rows[1].id]] * 2  # not the other room's


def test_who_sees_no_field_that_is_searched_is_refused(
    rows: list[Shelf], work: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Shelves.policy.seen_by, "label", frozenset({"keeper"}))
    with pytest.raises(Forbidden, match="none of the fields"):
        labels(work("watcher"), "books", sort="created_at")
    assert labels(work("keeper"), "books kim") == ["books of kim"]
    secret(work("keeper"), phone="+1 555 0100")
    asked = looking_for(s.SecretQuery(), "555")
    with pytest.raises(Forbidden):
        Secrets(work("watcher")).list(asked)
    assert len(Secrets(work("clerk")).list(asked).rows) == 1


def test_an_index_holds_the_words(session: Session) -> None:
    asked = "SELECT pg_get_indexdef('ix__try_shelves__label__words'::regclass)"
    assert session.scalar(text(asked)).endswith("USING gin (platform_words((label)::text))")


def test_it_is_a_route(
    rows: list[Shelf], session: Session, as_somebody: Callable[..., TestClient]
) -> None:
    session.commit()
    web = as_somebody("watcher")
    answer = web.post("/try/shelves/search", json={"words": "kim"}, params={"room": "north"})
    assert (answer.status_code, ids(answer)) == (200, {rows[0].id})
    assert web.post("/try/shelves/search?room=south", json={"words": "kim"}).json()["items"] == []
    for wrong in ({}, {"words": " "}, {"words": "a" * 101}, {"words": "a\x00"}, {"other": "a"}):
        assert web.post("/try/shelves/search", json=wrong).status_code == 422, wrong
    assert web.post("/try/shelves/search?words=kim", json={"words": "kim"}).status_code == 422
    assert as_somebody("adder").post("/try/shelves/search", json={"words": "a"}).status_code == 403
