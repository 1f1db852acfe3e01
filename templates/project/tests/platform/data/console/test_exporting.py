"""Exports of lists: what the page shows, to whom, and nothing that the API would keep back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import select

from app.platform import exports
from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from app.platform.readings import Reading
from dev.samples import Samples
from tests.exporting import header, lines
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, box, owned, secret, shelf


def offered(web: TestClient, path: str = HOME, **query: Any) -> list[str]:
    """Give the addresses of the exports that a list offers."""
    page = Read(web.get(path, params=query)).page
    return [str(link["href"]) for link in page.select('.exchange a[href*="/export."]')]


def labels(answer: Any) -> list[str]:
    """Give the labels of exported shelves, in the order of the file."""
    return [line["label"] for line in lines(answer)]


def cells(answer: Any) -> list[list[Any]]:
    """Give the cells of an exported workbook."""
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet]


def test_a_list_is_exported_as_it_is_asked_for(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    web = as_somebody("keeper")
    csv, xlsx = offered(web, sort="label", room="north", price__gte="", after="")
    assert csv == f"{HOME}/export.csv?sort=label&room=north"
    assert labels(web.get(csv)) == ["one", "three"]
    assert [row[1] for row in cells(web.get(xlsx))] == ["label", "one", "three"]
    later, _ = offered(web, after=str(shelves[2].id))
    assert labels(web.get(later)) == ["three", "two", "one"]  # from the first page on


def test_filters_are_read_as_the_list_reads_them(as_somebody: AsSomebody, work: Begin) -> None:
    for label, price in (("cheap", "9"), ("dear", "1000")):
        shelf(work("keeper"), label, price=price)
    web = as_somebody("keeper")
    assert labels(web.get(f"{HOME}/export.csv", params={"price__gte": "1,000.00"})) == ["dear"]


def test_both_files_say_the_same_and_stay_files(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "-a", price="12.50", height=3, seen_on="2026-03-31", stands=True)
    web = as_somebody("keeper")
    csv, xlsx = (web.get(f"{HOME}/export.{kind}") for kind in ("csv", "xlsx"))
    (line,), (names, row) = lines(csv), cells(xlsx)
    found = dict(zip(names, row, strict=True))
    assert list(line) == names
    assert (line["label"], found["label"]) == ("'-a", "'-a")
    assert (found["price"], found["height"], found["version"]) == (12.5, 3, 1)
    assert (found["seen_on"].date().isoformat(), line["seen_on"]) == ("2026-03-31", "2026-03-31")
    assert (found["stands"], found["follows"]) == ("true", None)
    for answer, kind in ((csv, "csv"), (xlsx, "xlsx")):
        said = answer.headers
        assert said["content-disposition"] == f'attachment; filename="try_shelves.{kind}"'
        assert (said["cache-control"], said["x-content-type-options"]) == ("no-store", "nosniff")


def test_words_are_sent_and_not_told_by_an_address(
    as_somebody: AsSomebody, shelves: list[Shelf], session: Session
) -> None:
    shelves[0].note = "three days"
    session.commit()
    web = as_somebody("keeper")
    page = Read(web.post(f"{HOME}/search", params={"sort": "label"}, data={"words": "three"}))
    actions = [str(form["action"]) for form in page.page.select(".exchange form[data-again]")]
    assert actions == [f"{HOME}/export.csv?sort=label", f"{HOME}/export.xlsx?sort=label"]
    answer = web.post(actions[0], data=page.form(actions[0]))
    assert labels(answer) == ["one", "three"]
    looks = session.scalars(select(Reading).filter_by(verb="search")).all()
    assert [look.fields for look in looks] == [["note"], ["note"]]  # of the page, and of the file
    assert labels(web.post(actions[0], data={"words": "nowhere"})) == []


@pytest.mark.parametrize("words", ["x" * 101, "a\0"])
def test_words_that_cannot_be_looked_for_are_refused(as_somebody: AsSomebody, words: str) -> None:
    answer = as_somebody("keeper").post(f"{HOME}/export.csv", data={"words": words})
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_export_is_recorded(
    as_somebody: AsSomebody, shelves: list[Shelf], session: Session, kind: str
) -> None:
    answer = as_somebody("keeper").get(f"{HOME}/export.{kind}")
    look = session.scalars(select(Reading).filter_by(verb="export")).one()
    assert set(look.record_ids) == {row.id for row in shelves}
    names = header(answer) if kind == "csv" else set(cells(answer)[0])
    assert set(look.fields) == names


def test_an_export_of_many_pages_is_whole(
    as_somebody: AsSomebody, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 1)
    web = as_somebody("keeper")
    assert labels(web.get(f"{HOME}/export.csv?sort=label")) == ["one", "three", "two"]
    found = cells(web.get(f"{HOME}/export.xlsx?sort=label"))
    assert [row[1] for row in found[1:]] == ["one", "three", "two"]


def test_only_those_who_may_export_are_offered_it_and_get_it(
    as_somebody: AsSomebody, shelves: list[Shelf], samples: Samples
) -> None:
    for roles in (("watcher",), ("half",)):
        web = as_somebody(*roles)
        assert offered(web) == []
        assert web.get(f"{HOME}/export.csv").status_code == 403
        assert web.post(f"{HOME}/export.xlsx", data={"words": "one"}).status_code == 403
    assert as_somebody("porter").get(f"{HOME}/export.csv").status_code == 403  # sees nothing
    owned(samples, shelves[1])
    taker = as_somebody("taker")
    assert len(offered(taker)) == 2
    assert labels(taker.get(f"{HOME}/export.csv")) == ["two"]


def test_nobody_exports_without_signing_in(web: TestClient) -> None:
    assert web.get(f"{HOME}/export.csv", follow_redirects=False).status_code == 303
    assert web.post(f"{HOME}/export.csv", follow_redirects=False).status_code == 401


def test_what_is_hidden_is_neither_in_it_nor_found_by_it(
    as_somebody: AsSomebody, work: Begin, samples: Samples
) -> None:
    row = shelf(work("keeper"), "one", height=3, note="hidden")
    owned(samples, row)
    web = as_somebody("taker")
    for kind in ("csv", "xlsx"):
        answer = web.get(f"{HOME}/export.{kind}")
        names = header(answer) if kind == "csv" else set(cells(answer)[0])
        assert not names & {"height", "note"}
        assert web.get(f"{HOME}/export.{kind}", params={"height": "3"}).status_code == 403
        assert web.get(f"{HOME}/export.{kind}", params={"sort": "note"}).status_code == 403


def test_a_filter_that_cannot_be_read_exports_nothing(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    answer = as_somebody("keeper").get(f"{HOME}/export.csv", params={"room": "<b>attic"})
    assert answer.status_code == 422
    assert "Room" in answer.text
    assert "attic" not in answer.text


def test_what_no_cell_holds_is_a_refusal_and_no_half_file(
    as_somebody: AsSomebody, session: Session, shelves: list[Shelf]
) -> None:
    shelves[0].more = "x" * 40_000
    session.commit()
    web = as_somebody("keeper")
    answer = web.get(f"{HOME}/export.xlsx")
    assert answer.status_code == 409
    assert "take CSV" in answer.text
    assert web.get(f"{HOME}/export.csv").status_code == 200


def test_parts_go_out_with_what_they_are_part_of(as_somebody: AsSomebody, work: Begin) -> None:
    here, other = shelf(work("keeper"), "here"), shelf(work("keeper"), "other")
    box(work("keeper"), here, "mine")
    box(work("keeper"), other, "theirs")
    web = as_somebody("keeper")
    csv, _ = offered(web, f"{HOME}/{here.id}/boxes")
    assert [line["name"] for line in lines(web.get(csv))] == ["mine"]


def test_what_nobody_may_export_has_no_such_address(
    as_somebody: AsSomebody, work: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = as_somebody("keeper")
    assert offered(web, "/records/tags") == []
    assert web.get("/records/tags/export.csv").status_code == 404
    secret(work("keeper"), room="north")
    monkeypatch.setitem(POLICIES["try_secrets"].grants, "keeper", [Grant("see"), Grant("export")])
    (line,) = lines(web.get("/records/secrets/export.csv"))
    assert "name" not in line
