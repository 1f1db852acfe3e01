"""Imports by page: a file is tried, told of line by line, and kept once, by whoever tried it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.console import outcomes, trying
from app.platform.console.importing import DONE
from app.platform.console.trying import AGAIN, TOO_OLD
from app.platform.db import Session
from app.platform.workbooks import workbook
from app.settings import settings, use
from dev.files import example
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Box, Shelf
from tests.platform.data.working import Begin, shelf

AsSomebody = Callable[..., TestClient]
HOME = "/records/shelves"
RUN = f"{HOME}/import/run"


def table(*lines: str) -> bytes:
    """Write lines as a file."""
    return "\r\n".join(lines).encode()


def tried(web: TestClient, content: bytes, name: str = "a.csv", home: str = HOME) -> Read:
    """Try a file."""
    return Read(web.post(f"{home}/import", files={"table": (name, content)}))


def told(page: Read) -> list[list[str]]:
    """Give what a page tells of each line."""
    rows = page.page.select('[aria-label="Lines"] tbody tr')
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in rows]


def sums(page: Read) -> list[str]:
    """Give the sums of a page."""
    return page.texts(".sums li")


def carried(page: Read, run: str = RUN) -> str:
    """Give what a trial carries to the import."""
    return str(page.form(run)["tried"])


def sent(web: TestClient, text: str, run: str = RUN) -> Read:
    """Press the button of a trial."""
    return Read(web.post(run, files={"tried": (None, text)}))


def labels(session: Session) -> list[str]:
    """Give the labels of all shelves."""
    return list(session.scalars(select(Shelf.label).order_by(Shelf.label)))


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
    text = carried(tried(web, table("label", "one")))
    changed = list(text)
    changed[place] = "A" if changed[place] != "A" else "B"
    answer = sent(web, "".join(changed))
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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (example("png"), "Save it as CSV in UTF-8, or as a workbook"),
        (b"PK\x03\x04 nothing", "This workbook cannot be read"),
        (b"", "The first line names the fields, and there is none"),
        (b'label\n"one', "is not CSV: its quotes do not match"),
        (b"price\n1", "Label: Has no column"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_above_the_form(
    as_somebody: AsSomebody, content: bytes, said: str
) -> None:
    page = tried(as_somebody("keeper"), content)
    assert page.answer.status_code == 422
    assert said in page.texts('[role="alert"]')[0]
    assert page.one(f'form[action="{HOME}/import"] input[type="file"]')


def test_without_a_file_the_form_asks_for_one(as_somebody: AsSomebody) -> None:
    page = Read(as_somebody("keeper").post(f"{HOME}/import", data={"table": "x"}))
    assert (page.answer.status_code, page.texts('[role="alert"]')) == (
        422,
        ["Choose a file first."],
    )


def test_too_much_is_said_above_the_form(as_somebody: AsSomebody, session: Session) -> None:
    use(settings().model_copy(update={"import_lines": 2, "import_limit_bytes": 2_000}))
    web = as_somebody("keeper")
    many = tried(web, table("label", "aa", "bb", "cc"))
    assert (many.answer.status_code, "at most 2 lines" in many.answer.text) == (422, True)
    large = tried(web, table("label", "x" * 2_000))
    assert large.answer.status_code == 413
    assert large.texts('[role="alert"]') == ["Choose a file of at most 0.002 MB, or divide it."]


def test_a_table_may_be_longer_than_other_forms(as_somebody: AsSomebody, session: Session) -> None:
    web = as_somebody("keeper")
    note = "n" * 30_000
    lines = [f"label{chr(97 + at // 26)}{chr(97 + at % 26)},{note}" for at in range(60)]
    page = tried(web, table("label,more", *lines))
    assert settings().body_limit_bytes < 60 * len(note)
    assert (page.answer.status_code, sums(page)[3]) == (200, "60 refused")


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
