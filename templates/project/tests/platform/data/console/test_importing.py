"""Imports by page: a file is tried, told of line by line, and kept once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.console import outcomes
from app.platform.db import Session
from app.platform.workbooks import workbook
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.console.trials import RUN, carried, labels, sent, sums, table, told, tried
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, shelf


def test_a_list_leads_to_its_import(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert Read(web.get(HOME)).one(f'a[href="{HOME}/import"]').text == "Import"
    page = Read(web.get(f"{HOME}/import"))
    known = dict(zip(page.texts("tbody th"), page.texts("tbody td"), strict=True))
    assert known["label"] == "Label, by which a row is known"
    assert known["room"] == "Room: north, south"
    assert known["price"] == "Price. What it cost"
    assert page.one("#table")["accept"] == ".csv,.xlsx"
    assert "2000 lines and 5.0 MB" in page.texts("#h-table")[0]
    assert f"{HOME}/export.csv" in str(page.one("details"))
    assert "price" not in Read(as_somebody("half").get(f"{HOME}/import")).texts("tbody th")


def test_a_trial_tells_of_each_line_and_keeps_nothing(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    rows = [shelf(work("keeper"), label, price="1.00") for label in ("one", "two")]
    lines = table("label,price,created_at", "one,1,", "two,2,", "", "new,3,")
    page = tried(as_somebody("keeper"), lines, "the shelves.csv")
    assert page.answer.status_code == 200
    assert sums(page) == ["1 to add", "1 to change", "1 unchanged", "0 refused"]
    assert told(page) == [
        ["2", "one", "Unchanged", ""], ["3", "two", "To change", ""], ["5", "new", "To add", ""],
    ]  # fmt: skip
    links = [str(link["href"]) for link in page.page.select("tbody a")]
    assert links == [f"{HOME}/{row.id}" for row in rows]
    assert "the shelves.csv : nothing is kept yet" in page.texts('[role="status"]')[0]
    assert "left aside: created_at" in page.answer.text
    assert page.one(f'form[action="{RUN}"] button').text == "Import 2 lines"
    assert labels(session) == ["one", "two"]


def test_the_button_keeps_what_was_tried_and_gives_a_receipt(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    page = tried(web, table("label,price", "one,1"), "a.csv")
    assert page.one(f'form[action="{RUN}"] button').text == "Import 1 line"
    receipt = sent(web, carried(page))
    row = session.scalars(select(Shelf)).one()
    assert sums(receipt)[0] == "1 added"
    assert told(receipt) == [["2", "one", "Added", ""]]
    assert receipt.one("tbody td a")["href"] == f"{HOME}/{row.id}"
    assert receipt.texts('[role="status"]') == ["a.csv : it is done."]
    assert not receipt.page.select(f'form[action="{RUN}"]')


def test_a_workbook_is_taken_as_it_was_exported(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "one", price="12.50", height=3, more={"a": 1})
    web = as_somebody("keeper")
    page = tried(web, web.get(f"{HOME}/export.xlsx").content, "a.xlsx")
    assert sums(page) == ["0 to add", "0 to change", "1 unchanged", "0 refused"]
    assert "there is nothing to do" in page.texts('[role="status"]')[0]
    assert not page.page.select(f'form[action="{RUN}"]')
    made = b"".join(workbook(["label", "price"], {"price": "number"}, [[["two", "2.5"]]]))
    assert told(sent(web, carried(tried(web, made))))[0][1:3] == ["two", "Added"]


def test_a_refused_line_says_why_comes_first_and_keeps_all_of_them_out(
    as_somebody: AsSomebody, session: Session
) -> None:
    page = tried(
        as_somebody("keeper"), table("label,price,room", "one,1,", "two,-5,attic", "one,,")
    )
    assert sums(page) == ["1 to add", "0 to change", "0 unchanged", "2 refused"]
    line, about, outcome, why = told(page)[0]
    assert (line, about, outcome) == ("3", "two", "Refused")
    assert "Price: " in why
    assert "Room: " in why
    assert told(page)[1] == ["4", "one", "Refused", "Line 2 is about the same row."]
    assert "nothing was kept" in page.texts('[role="status"]')[0]
    assert not page.page.select(f'form[action="{RUN}"]')
    assert labels(session) == []


def test_what_changed_since_the_trial_is_refused_and_can_be_tried_again(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    row = shelf(work("keeper"), "one", price="1.00")
    web = as_somebody("keeper")
    text = carried(tried(web, table("label,price,version", "one,5,1", "two,,")))
    row.version = 2
    session.commit()
    page = sent(web, text)
    assert "nothing was kept" in page.texts('[role="status"]')[0]
    assert sums(page) == ["1 to add", "0 to change", "0 unchanged", "1 refused"]
    assert labels(session) == ["one"]
    row.version = 1
    session.commit()
    assert sums(sent(web, text))[:2] == ["1 added", "1 changed"]  # it was not used up


def test_of_many_lines_a_page_tells_the_first(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "SHOWN", 2)
    page = tried(as_somebody("keeper"), table("label,price", "aa,1", "bb,2", "cc,x", "dd,4"))
    assert [line[0] for line in told(page)] == ["4", "2"]
    assert "And 2 more." in page.answer.text


def test_a_line_without_its_key_is_told_of_too(as_somebody: AsSomebody, work: Begin) -> None:
    here = shelf(work("keeper"), "here")
    web, home = as_somebody("keeper"), f"{HOME}/{here.id}/boxes"
    page = tried(web, table("shelf,name", "here,", "here"), home=home)
    assert [line[1] for line in told(page)] == ["here", "here"]
    secrets = tried(as_somebody("keeper"), table("room,code", "north"), home="/records/secrets")
    assert told(secrets)[0][:3] == ["2", "—", "Refused"]


def test_what_has_no_key_has_no_import(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert "/records/tags/import" not in web.get("/records/tags").text
    assert web.get("/records/tags/import").status_code == 404
