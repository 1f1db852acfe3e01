"""What pages say so that people find their way: names, filters, what was done, what is missing."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from app import screens
from app.platform.access import POLICIES, Grant, Policy
from app.platform.console.kinds import Place
from app.platform.console.screens import SCREENS
from app.platform.console.trails import place_within
from app.platform.db import Session
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.console.screens import TRIED
from tests.platform.data.parcels import parcel
from tests.platform.data.working import Begin, box, shelf


def test_each_filter_in_use_is_told_and_taken_away_by_a_link(as_somebody: AsSomebody) -> None:
    asked = {"room": "north", "price__gte": "1000", "sort": "height"}
    page = Read(as_somebody("keeper").get(HOME, params=asked))
    chips = page.texts(".chips a")
    assert "No longer filter by Room: North" in chips
    assert any("Price, from: 1,000.00" in chip for chip in chips)
    (room,) = (one["href"] for one in page.page.select(".chips a") if "Room" in one.text)
    assert room == "?price__gte=1000&sort=height"


def test_a_filter_for_what_one_may_not_see_does_not_name_it(as_somebody: AsSomebody) -> None:
    nobody = "0197c0de-0000-7000-8000-000000000000"
    page = Read(as_somebody("keeper").get("/records/parcels", params={"owner_id": nobody}))
    assert page.texts(".chips a") == ["No longer filter by Owner: not for you to see"]


def test_lists_are_sorted_by_a_choice_too(as_somebody: AsSomebody) -> None:
    asked = {"sort": "-created_at", "choose-filters": "yes"}
    page = Read(as_somebody("watcher").get(HOME, params=asked))
    orders = page.texts("#f-sort option")
    assert page.one("#f-sort option[selected]").text == "Added, last to first"
    assert not [order for order in orders if order.startswith("Height")]


@pytest.mark.parametrize(
    ("done", "said"), [("saved", ["Saved."]), ("added", ["It was added."]), ("zoe", [])]
)
def test_what_was_done_is_said_in_words_that_no_address_chooses(
    as_somebody: AsSomebody, work: Begin, done: str, said: list[str]
) -> None:
    row = shelf(work("keeper"), "one")
    page = Read(as_somebody("keeper").get(f"{HOME}/{row.id}", params={"was-done": done}))
    assert page.texts("[role=status]") == said


def test_who_does_not_see_what_they_add_is_told_that_it_is_there(as_somebody: AsSomebody) -> None:
    web = as_somebody("adder")
    form = Read(web.get(f"{HOME}/new")).form(HOME)
    page = Read(web.post(HOME, data=form | {"label": "one"}))
    assert (page.answer.status_code, page.texts("h1")) == (200, ["Added"])
    assert page.one("main a.button")["href"] == f"{HOME}/new"


def test_a_move_that_was_made_is_told(as_somebody: AsSomebody, session: Session) -> None:
    row, web = parcel(session), as_somebody("sender")
    session.commit()
    page = Read(
        web.post(f"/records/parcels/{row.id}/moves/send", data={"shown-version": row.version})
    )
    assert page.texts("[role=status]") == ["Done: send."]
    assert page.texts("span.stage") == ["Sent"]


def test_a_stage_that_nothing_leads_out_of_is_told_apart(
    as_somebody: AsSomebody, session: Session
) -> None:
    lost, packed = parcel(session, stage="lost"), parcel(session)
    session.commit()
    web = as_somebody("sender")
    assert Read(web.get(f"/records/parcels/{lost.id}")).texts("span.closed") == ["Lost"]
    assert Read(web.get(f"/records/parcels/{packed.id}")).texts("span.closed") == []


def test_what_is_not_filled_in_is_told_in_one_line(as_somebody: AsSomebody, work: Begin) -> None:
    page = Read(as_somebody("watcher").get(f"{HOME}/{shelf(work('keeper'), 'one').id}"))
    assert "Label" not in page.facts()
    assert "Seen on" not in page.facts()
    (told,) = (text for text in page.texts(".small") if text.startswith("Not filled in"))
    assert "Seen on" in told
    assert "Height" not in told


def test_a_part_leads_to_its_whole(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    part, web = box(work("keeper"), row, "a box"), as_somebody("keeper")
    for address in (f"{HOME}/{row.id}/boxes", f"{HOME}/{row.id}/boxes/{part.id}"):
        page = Read(web.get(address))
        assert page.texts(".trail a") == ["one"]
        assert page.one(".trail a")["href"] == f"{HOME}/{row.id}"
    assert Read(web.get(f"{HOME}/{row.id}")).texts(".trail a") == ["Shelves"]


@pytest.mark.parametrize("own", ["shelf_id", "beside_id"])
def test_what_is_known_by_another_row_has_its_name(
    as_somebody: AsSomebody, work: Begin, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    row = shelf(work("keeper"), "one")
    part = box(work("keeper"), row, "a box")
    policy: Policy = SCREENS["try_boxes"].policy
    monkeypatch.setattr(policy, "shown_as", own)
    known = replace(SCREENS["try_boxes"])
    monkeypatch.setitem(SCREENS, "try_boxes", known)
    named = {"shelf_id": "one", "beside_id": f"Box {str(part.id)[-6:]}"}[own]
    page = Read(as_somebody("keeper").get(f"{HOME}/{row.id}"))
    assert page.texts("tbody th") == [named]


def test_what_points_to_a_row_is_added_from_its_page(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    page = Read(as_somebody("keeper").get(f"{HOME}/{row.id}"))
    (add,) = page.page.select(".following a")
    assert (add.text, add["href"]) == ("Add shelf (follows)", f"{HOME}/new?follows_id={row.id}")
    form = Read(as_somebody("keeper").get(str(add["href"]))).form(HOME)
    assert form["follows_id"] == str(row.id)
    assert Read(as_somebody("watcher").get(f"{HOME}/{row.id}")).texts(".following") == []


def test_of_many_parts_the_first_are_shown_and_a_link_leads_to_all(
    as_somebody: AsSomebody, work: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.platform.console.rows.PARTS", 1)
    row = shelf(work("keeper"), "one")
    web = as_somebody("keeper")
    box(work("keeper"), row, "first")
    assert Read(web.get(f"{HOME}/{row.id}")).texts(".more a") == []
    box(work("keeper"), row, "second")
    page = Read(web.get(f"{HOME}/{row.id}"))
    assert page.texts("tbody th") == ["first"]
    assert (page.texts(".more a"), page.one(".more a")["href"]) == (
        ["All boxes"],
        f"{HOME}/{row.id}/boxes",
    )


def test_a_refused_form_begins_with_what_is_wrong_and_leads_there(as_somebody: AsSomebody) -> None:
    answer = as_somebody("keeper").post(HOME, data={"label": "X", "room": "", "send-once": "1"})
    page = Read(answer)
    alert = page.one("[role=alert]")
    assert alert.has_attr("autofocus")
    for link in alert.select("a"):
        assert page.one(str(link["href"]))["aria-invalid"] == "true"
    assert len(alert.select("a")) == len(page.errors())
    assert str(page.one("title").text).startswith("Not saved: ")


def test_whom_to_choose_is_said_with_what_they_do(
    as_somebody: AsSomebody,
    session: Session,
    samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, nobody = samples.person(), samples.person()
    accounts.set_roles(session, session.get_one(Principal, person), ["keeper"])
    session.commit()
    monkeypatch.setitem(POLICIES["users"].grants, "keeper", [Grant("see")])
    for screen in screens.SCREENS:  # what the people of this system point to
        monkeypatch.setitem(SCREENS, screen.table, screen)
    web = as_somebody("keeper")
    form = Read(web.get(f"{HOME}/new"))
    assert form.one(f'#f-owner_id option[value="{person}"]').text.endswith("(keeper)")
    assert not form.one(f'#f-owner_id option[value="{nobody}"]').text.endswith(")")
    assert "Roles: Keeper" in Read(web.get(f"/records/users/{person}")).texts("main > p")


def test_amounts_of_parts_are_in_the_currency_of_their_whole(work: Begin) -> None:
    keeper = work("keeper")
    row, reader = shelf(keeper, "one"), Place(ZoneInfo("UTC"))
    assert place_within(keeper, TRIED["try_boxes"], row.id, reader) == reader
    single = replace(reader, currency="SEK")
    assert place_within(keeper, TRIED["try_boxes"], row.id, single) is single
    row.currency = "EUR"  # type: ignore[attr-defined]
    assert place_within(keeper, TRIED["try_boxes"], row.id, reader).currency == "EUR"
