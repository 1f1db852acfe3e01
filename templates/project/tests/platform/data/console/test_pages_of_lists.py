"""Lists: what they show to whom, how they are filtered, sorted, searched and gone through."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event

from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from app.platform.readings import Reading
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, owned, secret, shelf


def read(web: TestClient, path: str = HOME, **query: Any) -> Read:
    """Read a page that there is."""
    answer = web.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return Read(answer)


def test_a_list_shows_each_row_and_leads_to_it(
    as_somebody: AsSomebody, samples: Samples, shelves: list[Shelf]
) -> None:
    owned(samples, shelves[0])
    page = read(as_somebody("keeper"), sort="label")
    assert page.texts("h1") == ["Shelves"]
    assert page.texts("thead th") == ["Shelf", "Room", "Owner", "Price", "Height"]
    assert page.texts("tbody th") == ["one", "three", "two"]
    assert page.page.select("tbody th a")[0]["href"] == f"{HOME}/{shelves[0].id}"
    assert page.texts("tbody td")[0] == "North"


def test_what_cannot_be_opened_is_no_link(
    as_somebody: AsSomebody,
    samples: Samples,
    shelves: list[Shelf],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owned(samples, shelves[0])
    web, users = as_somebody("keeper"), POLICIES["users"]
    monkeypatch.setitem(users.grants, "keeper", [])
    assert read(web, sort="label").page.select("tbody td a") == []
    monkeypatch.setitem(users.grants, "keeper", [Grant("see")])
    (owner,) = read(web, sort="label").page.select("tbody td a")
    assert str(owner["href"]).startswith("/records/users/")


def test_an_empty_list_says_so(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert read(web).texts(".nothing") == ["There is nothing here yet."]
    assert "Nothing fits" in read(web, room="north").texts(".nothing")[0]


def test_filters_and_order_stand_in_the_address(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    page = read(as_somebody("keeper"), room="north", sort="-label", price__gte="")
    assert page.texts("tbody th") == ["three", "one"]
    assert page.page.select("section.filters") == []
    choose = str(next(one["href"] for one in page.page.select("a.button") if "Filter" in one.text))
    choosing = Read(as_somebody("keeper").get(f"{HOME}{choose}"))
    assert choosing.one("#f-room option[selected]")["value"] == "north"
    assert choosing.texts("tbody th") == ["three", "one"]
    assert page.texts('th[aria-sort="descending"]') == []
    height = next(one for one in page.page.select("thead a") if one.text == "Height")
    assert height["href"] == "?room=north&sort=height"
    turned = read(as_somebody("keeper"), room="north", sort="height")
    assert turned.one('th[aria-sort="ascending"] a')["href"] == "?room=north&sort=-height"
    back = read(as_somebody("keeper"), sort="-height")
    assert back.texts('th[aria-sort="descending"]') == ["Height"]


def test_a_filter_that_cannot_be_read_is_told_and_nothing_is_lost(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    page = read(as_somebody("keeper"), height="tall", room="north", surprise="1")
    assert list(page.errors()) == ["height"]
    assert page.one("#f-height")["value"] == "tall"
    assert len(page.texts("tbody th")) == 3


def test_a_long_list_goes_on_in_pages(
    as_somebody: AsSomebody, work: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = work("keeper")
    for letter in "abcdefghijklmnopqrstuvwxyz":
        shelf(keeper, f"shelf {letter}")
    web = as_somebody("keeper")
    first = read(web, room="north", sort="label")
    assert len(first.texts("tbody th")) == 25
    address = str(first.one('a[rel="next"]')["href"])
    assert address.startswith("?room=north&sort=label&after=")
    last = Read(web.get(f"{HOME}{address}"))
    assert last.texts("tbody th") == ["shelf z"]
    assert last.page.select('a[rel="next"]') == []


def test_what_somebody_does_not_see_is_no_column_and_no_filter(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    page = read(as_somebody("watcher"), **{"choose-filters": "yes"})
    assert "Room" in page.texts("label")
    assert "Height" not in page.texts("thead th")
    assert [one for one in page.texts("label") if one.startswith(("Height", "Note"))] == []
    assert as_somebody("watcher").get(HOME, params={"height": "3"}).status_code == 403


def test_rows_are_found_by_words_which_no_address_tells(
    as_somebody: AsSomebody, work: Begin
) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        shelf(work("keeper"), f"red {letter}")
    shelf(work("keeper"), "blue a", note="red")
    web = as_somebody("watcher")
    found = Read(web.post(f"{HOME}/search?sort=label", data={"words": "RED"}))
    assert found.page.select_one("#words")["value"] == "RED"  # type: ignore[index]
    assert len(found.texts("tbody th")) == 25
    more = str(found.one("form.more")["action"])
    assert "red" not in more.lower()
    rest = Read(web.post(more, data=found.form(more)))
    assert rest.texts("tbody th") == ["red z"]
    assert Read(web.post(f"{HOME}/search", data={"words": "green"})).texts(".nothing")


def test_a_record_that_words_are_not_looked_for_in_has_no_search(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert read(web, "/records/tags").page.select("[role=search]") == []
    assert read(web).page.select("[role=search]")


def test_only_those_who_may_add_are_offered_to(as_somebody: AsSomebody) -> None:
    assert "Add shelf" in read(as_somebody("keeper")).texts("a.button")
    assert "Add shelf" not in read(as_somebody("watcher")).texts("a.button")


def test_masked_names_are_shown_to_those_who_may_see_them_and_that_is_recorded(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    row = secret(work("keeper"), "zoe-canary")
    assert read(as_somebody("keeper"), "/records/secrets").texts("tbody th") == ["zoe-canary"]
    noted = session.query(Reading).filter_by(verb="unmask").one()
    assert (noted.fields, noted.record_ids) == (["name"], [row.id])
    hidden = read(as_somebody("watcher"), "/records/secrets")
    assert hidden.texts("tbody th") == [f"Secret {str(row.id)[-6:]}"]
    assert "zoe-canary" not in hidden.answer.text


def test_how_many_statements_a_list_takes_does_not_grow_with_its_rows(
    as_somebody: AsSomebody, work: Begin, samples: Samples, connection: Connection
) -> None:
    web, counts = as_somebody("keeper"), []
    statements: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *said: statements.append(said[2]))
    for letter in "abcd":
        for number in ("one", "two", "three"):
            shelf(work("keeper"), f"{letter} {number}").owner_id = samples.person()
        samples.session.commit()
        read(web)
        statements.clear()
        read(web)
        counts.append(len(statements))
    assert len(set(counts)) == 1
