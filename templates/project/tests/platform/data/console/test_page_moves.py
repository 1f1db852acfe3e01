"""Moves on pages: what is offered to whom, why not, and what comes of pressing a button."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.platform.access import POLICIES, Grant
from app.platform.console.names import names_by_id
from app.platform.db import Session
from app.platform.workflow import If, Move
from dev.samples import Samples
from tests.platform.data.console.filling import AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.parcels import Parcel, parcel
from tests.platform.data.working import begin

HOME = "/records/parcels"


def page_of(web: TestClient, row: Parcel) -> Read:
    """Read the page of a parcel."""
    answer = web.get(f"{HOME}/{row.id}")
    assert answer.status_code == 200, answer.text
    return Read(answer)


def press(web: TestClient, row: Parcel, move: str, **said: str) -> Any:
    """Press the button of a move."""
    url = f"{HOME}/{row.id}/moves/{move}"
    return web.post(url, data=page_of(web, row).form(url) | said)


def offered(page: Read) -> list[str]:
    """Give the moves that a page lets somebody make."""
    return [
        str(form["action"]).rpartition("/")[2]
        for form in page.page.select('form[action*="/moves/"]')
    ]


def why_not(page: Read) -> dict[str, str]:
    """Give the moves that a page does not let somebody make, each with the reason."""
    buttons = page.page.select("button[disabled]")
    return {one.text: page.said_of(one) for one in buttons}


def test_exactly_the_moves_that_one_may_make_are_offered(
    as_somebody: AsSomebody, session: Session
) -> None:
    row = parcel(session)
    sender = page_of(as_somebody("sender"), row)
    assert (offered(sender), why_not(sender)) == (["send"], {})
    keeper = page_of(as_somebody("keeper"), row)
    assert (offered(keeper), why_not(keeper)) == ([], {"Send": "Only the role sender may do this."})


def test_a_move_leads_on_and_back_to_the_page(as_somebody: AsSomebody, session: Session) -> None:
    row, web = parcel(session), as_somebody("sender")
    page = Read(press(web, row, "send"))
    assert page.texts(".stage") == ["Sent"]
    assert "Send: Packed → Sent" in Read(web.get(f"{HOME}/{row.id}/history")).texts("strong")
    assert "while it is sent" in " ".join(page_of(as_somebody("keeper"), row).texts(".why"))


def test_a_move_says_what_it_needs(as_somebody: AsSomebody, session: Session) -> None:
    row = parcel(session, weight=None)
    assert why_not(page_of(as_somebody("sender"), row)) == {"Send": "Fill in before: weight."}


def test_what_a_move_needs_is_filled_in_with_it(
    as_somebody: AsSomebody, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = Move(["sent"], "lost", by=["keeper"], needs=["weight"])
    monkeypatch.setitem(POLICIES["try_parcels"].workflow.moves, "lose", needs)
    row, web = parcel(session, stage="sent", weight=None), as_somebody("keeper")
    page = page_of(web, row)
    assert offered(page) == ["lose"]
    form = page.form(f"{HOME}/{row.id}/moves/lose")
    assert form.keys() == {"shown-version", "weight"}
    assert page.one("#f-lose-weight").has_attr("required")
    refused = press(web, row, "lose", weight="-5")
    again = Read(refused)
    assert (refused.status_code, row.stage) == (422, "sent")
    assert again.errors()["weight"] == "This should be greater than or equal to 1."
    assert again.form(f"{HOME}/{row.id}/moves/lose")["weight"] == "-5"
    done = Read(press(web, row, "lose", weight="5"))
    assert (done.texts(".stage"), done.facts()["Weight"]) == (["Lost"], "5")


def test_a_move_for_the_owner_says_whose_it_is(
    as_somebody: AsSomebody, session: Session, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, web = parcel(session, stage="sent"), as_somebody("owner")
    reason = "Only the owner may do this; it belongs to "
    assert why_not(page_of(web, row))["Return"] == f"{reason}nobody yet."
    row.owner_id = samples.person()
    session.commit()
    monkeypatch.setitem(POLICIES["users"].grants, "owner", [Grant("see")])
    name = names_by_id(begin(session, row.owner_id, "owner"), "users", [row.owner_id])
    assert why_not(page_of(web, row))["Return"] == f"{reason}{name[row.owner_id]}."
    monkeypatch.setitem(POLICIES["users"].grants, "owner", [])
    assert why_not(page_of(web, row))["Return"] == f"{reason}somebody else."


def test_a_move_asks_and_what_was_answered_is_kept(
    as_somebody: AsSomebody, session: Session
) -> None:
    row, web = parcel(session, stage="sent"), as_somebody("keeper")
    refused = press(web, row, "lose", where=" ")
    assert refused.status_code == 422
    long = press(web, row, "lose", where="x" * 3000)
    assert Read(long).texts("details[open] textarea") == ["x" * 3000]
    assert "at most 2000" in Read(long).texts("details[open] .error")[0]
    assert row.stage == "sent"
    page = Read(press(web, row, "lose", where="in a ditch"))
    assert page.texts(".stage") == ["Lost"]
    history = Read(web.get(f"{HOME}/{row.id}/history"))
    assert "in a ditch" in history.texts(".history dd")


def test_what_another_person_has_to_do_is_said_and_refused(
    as_somebody: AsSomebody, session: Session
) -> None:
    row, web = parcel(session), as_somebody("sender")
    press(web, row, "send")
    reason = "Somebody else has to: you made the move 'send'."
    assert why_not(page_of(web, row)) == {
        "Lose": reason,
        "Return": "Only the role owner may do this.",
    }
    answer = web.post(f"{HOME}/{row.id}/moves/lose", data={"shown-version": "2", "where": "there"})
    session.refresh(row)
    assert (answer.status_code, row.stage) == (403, "sent")
    assert Read(answer).texts("[role=alert]") == [reason]


def test_a_condition_is_said_in_the_words_of_the_blueprint(
    as_somebody: AsSomebody, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = Move(
        ["packed"], "sent", by=["sender"], if_=If("the weight is less than 2", "{weight} < 2")
    )
    monkeypatch.setitem(POLICIES["try_parcels"].workflow.moves, "send", light)
    page = page_of(as_somebody("sender"), parcel(session))
    assert why_not(page) == {"Send": "Only if the weight is less than 2."}


def test_a_button_that_is_pressed_twice_does_it_once(
    as_somebody: AsSomebody, session: Session
) -> None:
    row, web = parcel(session), as_somebody("sender")
    url = f"{HOME}/{row.id}/moves/send"
    form = page_of(web, row).form(url)
    assert web.post(url, data=form).status_code == 200
    again = web.post(url, data=form)
    assert again.status_code == 412
    assert Read(again).texts(".stage") == ["Sent"]
    assert Read(web.get(f"{HOME}/{row.id}/history")).texts("strong") == [
        "Send: Packed → Sent", "Added",
    ]  # fmt: skip


def test_the_start_page_shows_what_waits_for_whom(
    as_somebody: AsSomebody, session: Session, samples: Samples
) -> None:
    rows = [parcel(session) for _ in range(6)]
    sender = Read(as_somebody("sender").get("/"))
    assert sender.texts("h2") == ["Parcels: packed"]
    assert sender.texts("section .small") == ["You may send."]
    assert len(sender.texts(".tasks li")) == 6
    every = sender.one(".tasks li:last-child a")
    assert every.text.startswith("All of them")
    assert every["href"] == f"{HOME}?stage=packed"
    assert Read(as_somebody("owner").get("/")).texts("h2") == []
    mine = rows[0]
    mine.stage, mine.owner_id = "sent", samples.person(email="ana@example.com")
    rows[1].stage = "sent"
    session.commit()
    owner = Read(as_somebody("owner").get("/"))
    assert (owner.texts("h2"), len(owner.texts(".tasks li"))) == (["Parcels: sent"], 1)
    assert owner.one(".tasks h2 a")["href"] == f"{HOME}?stage=sent&owner_id={mine.owner_id}"
    nothing = Read(as_somebody("nobody").get("/"))
    assert "do not open any list" in nothing.texts(".nothing")[0]
    assert "Parcels" in owner.texts("nav.menu a")
    assert nothing.page.select("nav.menu") == []
