"""Forms: what they show, what they keep, what they refuse, and what they never do twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.platform.db import Session, new_id
from app.platform.files.models import StoredFile
from dev.files import example
from dev.samples import Samples
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Box, Shelf, Tag
from tests.platform.data.working import Begin, change, owned, secret, shelf

AsSomebody = Callable[..., TestClient]
HOME = "/records/shelves"
PDF = ("the plan.pdf", example("pdf"), "application/pdf")


def blank(web: TestClient, home: str = HOME) -> dict[str, Any]:
    """Give what stands in the form that adds."""
    return Read(web.get(f"{home}/new")).form(home)


def counted(session: Session) -> int:
    """Count the shelves."""
    return session.scalar(select(func.count()).select_from(Shelf)) or 0


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
        "1,000", "Yes", "31 Mar 2026", "red",
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


def test_fields_that_one_may_not_set_are_not_in_the_form(
    as_somebody: AsSomebody, samples: Samples, work: Begin
) -> None:
    row = shelf(work("keeper"), "one", price="3")
    owned(samples, row)
    web = as_somebody("helper")
    assert {"label", "height"} <= blank(web).keys()
    form = Read(web.get(f"{HOME}/{row.id}/edit")).form(f"{HOME}/{row.id}")
    assert form.keys().isdisjoint({"price", "note"})
    web.post(f"{HOME}/{row.id}", data=form | {"price": "9", "label": "two"})
    work("keeper").session.refresh(row)
    assert (row.label, str(row.price)) == ("two", "3.00")


def test_only_what_was_typed_over_is_changed(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one", price="3", height=4)
    web = as_somebody("keeper")
    url = f"{HOME}/{row.id}"
    form = Read(web.get(f"{url}/edit")).form(url)
    assert (form["label"], form["price"], form["height"]) == ("one", "3.00", "4")
    page = Read(web.post(url, data=form | {"height": "", "label": "two"}))
    assert (page.texts("h1"), page.facts().get("Height")) == (["two"], None)
    told = Read(web.get(f"{url}/history")).texts(".history li:first-child dt")
    assert told == ["Height", "Label"]


def test_of_two_people_who_change_a_row_the_second_sees_both(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = shelf(work("keeper"), "one", height=4)
    web = as_somebody("keeper")
    url = f"{HOME}/{row.id}"
    form = Read(web.get(f"{url}/edit")).form(url) | {"height": "6", "label": "mine"}
    change(work("keeper"), row, height=5)
    work("keeper").session.commit()
    answer = web.post(url, data=form)
    page = Read(answer)
    assert answer.status_code == 412
    assert "Somebody else changed this meanwhile" in page.texts("[role=alert]")[0]
    kept = page.form(url)
    assert (kept["height"], kept["label"], kept["version"]) == ("6", "mine", "2")
    assert page.texts("#t-height") == ["It is now: 5"]
    saved = Read(web.post(url, data=kept))
    assert saved.facts()["Height"] == "6"


def test_what_others_changed_meanwhile_is_not_taken_back(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    tag = Tag(name="red")
    session.add(tag)
    session.flush()
    row = shelf(work("keeper"), "one", height=4)
    web = as_somebody("keeper")
    url = f"{HOME}/{row.id}"
    form = Read(web.get(f"{url}/edit")).form(url) | {"label": "mine"}
    change(work("keeper"), row, height=5, tags=[tag.id])
    session.commit()
    page = Read(web.post(url, data=form))
    kept = page.form(url)
    assert (kept["height"], kept["label"], kept["tags"]) == ("5", "mine", str(tag.id))
    assert page.texts(".theirs") == []
    saved = Read(web.post(url, data=kept))
    assert (saved.texts("h1"), saved.facts()["Height"]) == (["mine"], "5")


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
        web.post(url, data=form | {"find-follows_id": "second", "look": "yes", "label": "x"})
    )
    assert looked.form(url)["label"] == "x"
    assert "second" in looked.texts("#f-follows_id option")
    kept = looked.form(url)
    saved = Read(
        web.post(url, data={n: t for n, t in kept.items() if n != "look"} | {"label": "xx"})
    )
    assert saved.facts()["Follows"] == "first"
    added = Read(web.post(HOME, data=blank(web) | {"find-follows_id": "first", "look": "yes"}))
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
    assert page.texts("h1") == ["a box"]
    (part,) = work("keeper").session.scalars(select(Box))
    assert part.shelf_id == row.id


def test_a_file_is_kept_though_something_else_is_refused(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    form = {name: text for name, text in blank(web).items() if name != "plan"}
    refused = web.post(HOME, data=form | {"label": "ONE"}, files={"plan": PDF})
    assert refused.status_code == 422
    kept = Read(refused).form(HOME)
    page = Read(web.post(HOME, data=kept | {"label": "one"}))
    assert page.facts()["Plan"] == "Download"
    file = session.scalars(select(StoredFile)).one()
    assert (file.name, str(file.id)) == ("the plan.pdf", kept["plan"])


def test_a_file_that_a_field_does_not_take_is_refused_in_the_form(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    form = {name: text for name, text in blank(web).items() if name != "plan"} | {"label": "one"}
    text = web.post(HOME, data=form, files={"plan": ("plan.pdf", b"no pdf", "application/pdf")})
    large = web.post(HOME, data=form, files={"plan": ("plan.pdf", PDF[1] + b" " * 1_000_001)})
    assert (text.status_code, large.status_code) == (422, 422)
    assert "one of: pdf, png" in Read(text).errors()["plan"]
    assert "at most 1 MB" in Read(large).errors()["plan"]
    assert (counted(session), session.scalars(select(StoredFile)).all()) == (0, [])


def test_a_body_that_is_too_long_is_refused(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert web.post(HOME, data={"label": "x" * 3_000_000}).status_code == 413


def test_sealed_values_are_not_in_the_form_that_changes_a_row(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = secret(work("keeper"), "zoe-canary", code="12.50")
    page = Read(as_somebody("keeper").get(f"/records/secrets/{row.id}/edit"))
    assert page.form(f"/records/secrets/{row.id}").keys() == {"version"}
    assert "12.50" not in page.answer.text


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
