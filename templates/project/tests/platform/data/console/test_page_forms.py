"""Forms: what they show, what they keep, what they refuse, and what they never do twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.access import POLICIES, Grant
from app.platform.db import Session, new_id
from tests.platform.data.console.filling import HOME, AsSomebody, blank, counted
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Box, Shelf, Tag
from tests.platform.data.working import Begin, shelf


def test_adding_leads_to_the_new_row(as_somebody: AsSomebody, session: Session) -> None:
    tag = Tag(name="red")
    session.add(tag)
    session.commit()
    web = as_somebody("keeper")
    form = blank(web)
    assert (form["room"], form["stands"]) == ("north", "")
    said = {
        "label": "one", "price": "1,000.00", "height": "1,000", "stands": "true",
        "seen_on": "2026-03-31", "more": '{"a": 1}', "note": " a note ", "tags": ["", str(tag.id)],
    }  # fmt: skip
    page = Read(web.post(HOME, data=form | said))
    facts = page.facts()
    assert page.texts("h1") == ["one"]
    assert (facts["Height"], facts["Stands"], facts["Seen on"], facts["Tags"]) == (
        "1000", "Yes", "31 Mar 2026", "red",
    )  # fmt: skip
    row = session.scalars(select(Shelf)).one()
    assert (row.note, row.more, str(row.price)) == ("a note", {"a": 1}, "1000.00")


def test_the_address_can_fill_in_some_of_a_form(as_somebody: AsSomebody) -> None:
    page = Read(as_somebody("keeper").get(f"{HOME}/new", params={"label": "one"}))
    assert page.form(HOME)["label"] == "one"


def test_what_was_typed_is_kept_when_it_is_refused(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    said = {"label": "ONE", "price": "much", "height": "0", "more": "{", "note": "kept"}
    answer = web.post(HOME, data=blank(web) | said)
    page = Read(answer)
    assert answer.status_code == 422
    assert page.form(HOME).items() >= said.items()
    assert page.errors().keys() >= {"label", "price", "height"}
    assert page.errors()["height"] == "This should be greater than or equal to 1."
    assert page.texts("[role=alert]")
    assert counted(session) == 0


def test_a_form_that_is_sent_twice_adds_one_row(as_somebody: AsSomebody, session: Session) -> None:
    web = as_somebody("keeper")
    form = blank(web) | {"label": "one"}
    first, again = (web.post(HOME, data=form) for _ in range(2))
    assert (first.status_code, again.status_code, first.url) == (200, 200, again.url)
    assert counted(session) == 1
    other = web.post(HOME, data=form | {"label": "two"})
    assert other.status_code == 409
    assert "sent before" in Read(other).texts("[role=alert]")[0]
    assert counted(session) == 1


def test_what_breaks_a_rule_of_the_database_is_said_in_the_form(
    as_somebody: AsSomebody, work: Begin
) -> None:
    shelf(work("keeper"), "one")
    web = as_somebody("keeper")
    answer = web.post(HOME, data=blank(web) | {"label": "one"})
    assert answer.status_code == 409
    assert Read(answer).form(HOME)["label"] == "one"


def test_relations_are_chosen_by_name_and_found_by_words(
    as_somebody: AsSomebody, work: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shelf(work("keeper"), "first")
    second = shelf(work("keeper"), "second", follows_id=first.id)
    monkeypatch.setattr("app.platform.console.choosing.MOST", 1)
    web = as_somebody("keeper")
    url = f"{HOME}/{second.id}"
    page = Read(web.get(f"{url}/edit"))
    assert {"first", "second"} >= set(page.texts("#f-follows_id option")) - {""}
    form = page.form(url)
    assert form["follows_id"] == str(first.id)
    looked = Read(
        web.post(url, data=form | {"find-follows_id": "second", "look-for": "yes", "label": "x"})
    )
    assert looked.form(url)["label"] == "x"
    assert "second" in looked.texts("#f-follows_id option")
    kept = looked.form(url)
    saved = Read(
        web.post(url, data={n: t for n, t in kept.items() if n != "look-for"} | {"label": "xx"})
    )
    assert saved.facts()["Follows"] == "first"
    added = Read(web.post(HOME, data=blank(web) | {"find-follows_id": "first", "look-for": "yes"}))
    assert added.texts("#f-follows_id option")[1:] == ["first"]


def test_pointing_to_what_is_not_there_is_refused_in_the_form(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    for wrong in (str(new_id()), "nowhere"):
        answer = web.post(HOME, data=blank(web) | {"label": "one", "follows_id": wrong})
        assert answer.status_code in (409, 422)
        assert Read(answer).form(HOME)["label"] == "one"
    assert counted(session) == 0


def test_a_part_is_added_to_its_whole(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    web = as_somebody("keeper")
    home = f"{HOME}/{row.id}/boxes"
    page = Read(web.post(home, data=blank(web, home) | {"name": "a box"}))
    assert (page.texts("h1"), page.texts("[role=status]")) == (["one"], ["It was added."])
    assert page.texts("tbody th") == ["a box"]
    (part,) = work("keeper").session.scalars(select(Box))
    assert part.shelf_id == row.id


def test_nothing_is_read_of_a_form_before_its_sender_was_let_in(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = shelf(work("keeper"), "one")
    web = as_somebody("watcher")
    for url in (HOME, f"{HOME}/{row.id}"):
        answer = web.post(
            url, content=b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data"}
        )
        assert answer.status_code == 403


def test_a_part_of_what_one_may_not_see_has_no_form(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    web, home = as_somebody("helper"), f"{HOME}/{row.id}/boxes"
    assert web.get(f"{home}/new").status_code == 404
    assert web.post(home, data={"name": "x" * 99}).status_code == 404


def test_what_has_to_be_one_s_own_is_filled_in(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = as_somebody("helper")
    me = helper.get("/api/v1/session").json()["id"]
    assert Read(helper.get(f"{HOME}/new")).form(HOME)["owner_id"] == me
    refused = Read(helper.post(HOME, data=blank(helper) | {"label": "one", "owner_id": ""}))
    assert refused.texts("[role=alert] strong") == [
        "With these values it is not yours to add: its owner has to be yours."
    ]
    assert refused.errors()["owner_id"] == "Has to be yours."
    policy = POLICIES["try_shelves"]
    monkeypatch.setattr(policy, "owner", "follows.owner")
    assert Read(helper.get(f"{HOME}/new")).form(HOME)["owner_id"] == ""
    same = [*policy.grants["helper"], Grant("add", same="room")]
    monkeypatch.setitem(policy.grants, "helper", same)
    monkeypatch.setattr(policy, "owner", "owner")
    assert Read(helper.get(f"{HOME}/new")).form(HOME)["owner_id"] == ""
