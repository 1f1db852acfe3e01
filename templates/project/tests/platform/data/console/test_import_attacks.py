"""Imports by page from the attacker's side: nobody keeps what they did not try, or may not."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.console import trying
from app.platform.console.importing import DONE
from app.platform.console.trying import AGAIN, TOO_OLD
from app.platform.db import Session
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.trials import RUN, carried, labels, sent, sums, table, told, tried
from tests.platform.data.things import Box, Shelf
from tests.platform.data.working import Begin, shelf


def test_a_second_press_of_the_button_does_nothing_twice(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    page = tried(web, table("label,price", "one,1"))
    assert sent(web, carried(page)).answer.status_code == 200
    session.execute(Shelf.__table__.delete())  # type: ignore[attr-defined]
    again = sent(web, carried(page))
    assert (again.answer.status_code, again.texts('[role="alert"]')) == (409, [DONE])
    assert labels(session) == []
    assert sent(web, carried(tried(web, table("label,price", "one,1")))).answer.status_code == 200


@pytest.mark.parametrize("roles", [("watcher",), ("taker",), ("porter",), ("adder",), ()])
def test_who_may_not_bring_rows_in_has_no_such_page(
    as_somebody: AsSomebody, roles: tuple[str, ...]
) -> None:
    web = as_somebody(*roles)
    assert web.get(f"{HOME}/import").status_code == 403
    assert tried(web, table("label", "one")).answer.status_code == 403
    assert sent(web, "x").answer.status_code == 403
    assert f"{HOME}/import" not in web.get(HOME).text


def test_nothing_is_read_of_who_is_not_signed_in(web: TestClient) -> None:
    assert tried(web, b"x" * 100_000).answer.status_code == 401
    assert sent(web, "x" * 100_000).answer.status_code == 401


def test_who_may_do_less_brings_in_less(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "there")
    web = as_somebody("watcher", "adder")
    assert told(tried(web, table("label,room", "there,south")))[0][2:] == [
        "Refused", "Your roles do not allow you to change this.",
    ]  # fmt: skip
    assert "Refused" in told(tried(web, table("label,price", "new,5")))[0]


def test_rights_that_end_between_trial_and_import_end_it(
    as_somebody: AsSomebody, session: Session
) -> None:
    text = carried(tried(as_somebody("keeper"), table("label", "one")))
    assert sent(as_somebody("watcher"), text).answer.status_code == 403
    assert sent(as_somebody("keeper"), text).answer.status_code == 200
    assert labels(session) == ["one"]


def test_what_somebody_else_tried_is_refused(as_somebody: AsSomebody, session: Session) -> None:
    text = carried(tried(as_somebody("keeper"), table("label", "one")))
    other = sent(as_somebody("keeper", login="eve@example.com"), text)
    assert (other.answer.status_code, other.texts('[role="alert"]')) == (422, [AGAIN])
    assert labels(session) == []


@pytest.mark.parametrize("place", [0, 1, 5, 20, 40, -3])
def test_what_was_changed_since_the_trial_is_refused(
    as_somebody: AsSomebody, session: Session, place: int
) -> None:
    web = as_somebody("keeper")
    sealed = bytearray(base64.urlsafe_b64decode(carried(tried(web, table("label", "one")))))
    sealed[place] ^= 1
    answer = sent(web, base64.urlsafe_b64encode(sealed).decode())
    assert (answer.answer.status_code, answer.texts('[role="alert"]')) == (422, [AGAIN])
    assert labels(session) == []


@pytest.mark.parametrize("text", ["", "x", "AQ==", "<script>", "ü" * 50, "A" * 1_500_000])
def test_what_was_never_tried_is_refused(as_somebody: AsSomebody, text: str) -> None:
    page = sent(as_somebody("keeper"), text)
    assert (page.answer.status_code, page.texts('[role="alert"]')) == (422, [AGAIN])


def test_what_was_tried_for_one_list_is_not_kept_in_another(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    here, other = shelf(work("keeper"), "here"), shelf(work("keeper"), "other")
    web = as_somebody("keeper")
    mine, theirs = (f"{HOME}/{row.id}/boxes" for row in (here, other))
    text = carried(tried(web, table("name", "a box"), home=mine), f"{mine}/import/run")
    for run in (f"{theirs}/import/run", RUN):
        assert sent(web, text, run).texts('[role="alert"]') == [AGAIN]
    assert sums(sent(web, text, f"{mine}/import/run"))[0] == "1 added"
    assert session.scalars(select(Box.shelf_id)).all() == [here.id]


def test_what_was_tried_too_long_ago_is_refused(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = as_somebody("keeper")
    text = carried(tried(web, table("label", "one")))
    monkeypatch.setattr(trying, "LASTS", timedelta(seconds=-1))
    assert sent(web, text).texts('[role="alert"]') == [TOO_OLD]


def test_a_page_never_carries_what_it_holds_in_the_clear(as_somebody: AsSomebody) -> None:
    page = tried(as_somebody("keeper"), table("label,note", "one,a private note"))
    assert "private" not in page.answer.text
    assert page.answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_cells_headers_and_file_names_are_texts(as_somebody: AsSomebody, evil: str) -> None:
    web = as_somebody("keeper")
    quoted = evil.replace('"', '""')
    page = tried(web, table(f'label,"{quoted}"', "one,"), f"{evil}.csv")
    assert page.texts('[role="alert"] li') == ["Column 2: Is no field."]
    page = tried(web, table("label", f'"{quoted}"', "one"), f"{evil}.csv")
    assert told(page)[0][1] == evil
    for tag in page.page.select("script"):
        assert tag["src"]
    assert not page.page.select("img")
    receipt = sent(web, carried(tried(web, table("label", "one"), f"{evil}.csv")))
    assert not receipt.page.select("img")
    assert "alert(1)" not in str(receipt.page.select("script"))


def test_the_name_of_a_file_does_not_mislead(as_somebody: AsSomebody) -> None:
    page = tried(as_somebody("keeper"), table("label", "one"), "a\u202evsc.exe.csv")
    assert "\u202e" not in page.answer.text
