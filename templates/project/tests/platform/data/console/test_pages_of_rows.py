"""The page of one row: what it says to whom, its parts, its history, and what buttons do."""

from __future__ import annotations

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.db import Session, new_id
from app.platform.readings import Reading
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.sending import send
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, box, change, owned, secret, shelf


def page_of(web: TestClient, row: Shelf) -> Read:
    """Read the page of a shelf."""
    answer = web.get(f"{HOME}/{row.id}")
    assert answer.status_code == 200, answer.text
    return Read(answer)


def test_a_row_says_what_it_holds_as_people_read_it(
    as_somebody: AsSomebody, work: Begin, samples: Samples
) -> None:
    first = shelf(work("keeper"), "first")
    row = shelf(
        work("keeper"), "one", price="1000", seen_on="2026-03-31", stands=True, more={"a": [1]},
        follows_id=first.id,
    )  # fmt: skip
    owned(samples, row)
    page = page_of(as_somebody("watcher"), row)
    facts = page.facts()
    assert page.texts("h1") == ["one"]
    assert facts["Price"].startswith("1,000.00")
    assert (facts["Seen on"], facts["Stands"], facts["More"]) == (
        "31 Mar 2026", "Yes", '{ "a": [ 1 ] }',
    )  # fmt: skip
    assert (facts["Follows"], facts["Room"]) == ("first", "North")
    assert "Height" not in facts
    links = {str(link["href"]) for link in page.page.select(".facts a")}
    assert f"{HOME}/{first.id}" in links


def test_people_whom_one_may_not_see_are_not_named(
    as_somebody: AsSomebody, work: Begin, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = shelf(work("keeper"), "one")
    row.owner_id = samples.person(email="bob@example.com")
    samples.session.commit()
    monkeypatch.setitem(POLICIES["users"].grants, "watcher", [])
    page = page_of(as_somebody("watcher"), row)
    assert page.facts()["Owner"] == "not for you to see"
    assert page.page.select('.facts a[href^="/records/users/"]') == []


def test_masked_values_are_shown_on_demand_and_that_is_recorded(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    row = shelf(work("keeper"), "one", note="zoe-canary")
    page = page_of(as_somebody("keeper"), row)
    assert page.facts()["Note"] == "••••"
    assert "zoe-canary" not in page.answer.text
    shown = Read(as_somebody("keeper").post(f"{HOME}/{row.id}/unmask"))
    assert shown.facts()["Note"] == "zoe-canary"
    noted = session.scalars(select(Reading).filter_by(verb="unmask")).one()
    assert (noted.fields, noted.record_ids) == (["note"], [row.id])


def test_who_may_not_unmask_is_not_offered_to_and_refused(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = shelf(work("keeper"), "one", note="zoe-canary")
    web = as_somebody("watcher")
    assert page_of(web, row).page.select(f'form[action="{HOME}/{row.id}/unmask"]') == []
    answer = web.post(f"{HOME}/{row.id}/unmask")
    assert answer.status_code == 403
    assert "zoe-canary" not in answer.text


def test_the_parts_of_a_row_stand_on_its_page(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    part = box(work("keeper"), row, "a box")
    page = page_of(as_somebody("keeper"), row)
    assert page.texts("tbody th") == ["a box"]
    assert page.one("tbody th a")["href"] == f"{HOME}/{row.id}/boxes/{part.id}"
    assert page.one(f'a[href="{HOME}/{row.id}/boxes/new"]')
    assert page_of(as_somebody("watcher"), row).page.select('a[href$="/boxes/new"]') == []


def test_a_file_is_given_through_the_permission_of_its_row(
    as_somebody: AsSomebody, work: Begin
) -> None:
    web = as_somebody("keeper")
    row = shelf(work("keeper"), "one")
    file_id = send(web, path="/try/shelves/files/plan").json()["id"]
    Read(web.post(f"{HOME}/{row.id}", data={"shown-version": "1", "plan": file_id, "label": "one"}))
    link = str(page_of(web, row).one('a[href$="/files/plan"]')["href"])
    assert link == f"/api/v1/shelves/{row.id}/files/plan"


def test_archiving_takes_a_row_out_of_the_list(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    web = as_somebody("keeper")
    form = page_of(web, row).form(f"{HOME}/{row.id}/archive")
    gone = Read(web.post(f"{HOME}/{row.id}/archive", data=form))
    assert gone.texts("h1") == ["Shelves"]
    assert gone.texts("tbody th") == []
    page = page_of(web, row)
    assert "In the archive" in page.texts(".stage")
    assert page.page.select('a[href$="/edit"]') == []
    assert "archive" in " ".join(page.texts(".why")).lower()


def test_archiving_what_somebody_changed_meanwhile_is_refused(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = shelf(work("keeper"), "one")
    web = as_somebody("keeper")
    change(work("keeper"), row, height=3)
    answer = web.post(f"{HOME}/{row.id}/archive", data={"shown-version": "1"})
    assert answer.status_code == 412
    assert "changed it meanwhile" in Read(answer).texts("[role=alert]")[0]
    assert row.archived_at is None


@pytest.mark.parametrize("address", ["", "/edit", "/history"])
def test_rows_that_one_may_not_see_are_as_if_not_there(
    as_somebody: AsSomebody, work: Begin, address: str
) -> None:
    row = secret(work("keeper"), "zoe")
    mine = shelf(work("keeper"), "one")
    helper = as_somebody("helper")
    there = helper.get(f"{HOME}/{mine.id}{address}")
    nowhere = helper.get(f"{HOME}/{new_id()}{address}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_reference(there.text) == without_reference(nowhere.text)
    assert helper.get(f"/records/secrets/{row.id}{address}").status_code == 403


def without_reference(text: str) -> str:
    """Give a page without what differs with every request."""
    known = [line for line in text.splitlines() if "Reference" not in line and "nonce" not in line]
    return "\n".join(known)


def test_who_reads_is_recorded_where_readings_are(
    as_somebody: AsSomebody, work: Begin, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = shelf(work("keeper"), "one")
    follower = shelf(work("keeper"), "two", follows_id=row.id)
    monkeypatch.setattr(POLICIES["try_shelves"], "reads_recorded", True)
    page_of(as_somebody("keeper"), follower)
    read: set[UUID] = set()
    for one in session.scalars(select(Reading).filter_by(verb="see")):
        read |= set(one.record_ids)
    assert read == {row.id, follower.id}
