"""Forms that change a row: what they let one type over, and what others changed meanwhile."""

from __future__ import annotations

from app.platform.db import Session
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody, blank
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Tag
from tests.platform.data.working import Begin, change, owned, secret, shelf


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
    assert (kept["height"], kept["label"], kept["shown-version"]) == ("6", "mine", "2")
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


def test_sealed_values_are_not_in_the_form_that_changes_a_row(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = secret(work("keeper"), "zoe-canary", code="12.50")
    page = Read(as_somebody("keeper").get(f"/records/secrets/{row.id}/edit"))
    assert page.form(f"/records/secrets/{row.id}").keys() == {"shown-version"}
    assert "12.50" not in page.answer.text
