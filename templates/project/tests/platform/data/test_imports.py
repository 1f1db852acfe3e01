"""Imports: what becomes of each line, and that all of them are kept or none."""

from __future__ import annotations

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.platform.db import Session, new_id
from app.settings import settings, use
from tests.platform.data.bringing import HOME, AsSomebody, bring, codes, outcomes
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, box, shelf


def test_each_line_is_added_changed_or_left_as_it_is(as_somebody: AsSomebody, work: Begin) -> None:
    rows = [shelf(work("keeper"), label, price="1.00") for label in ("one", "two")]
    answer = bring(
        as_somebody("keeper"), "label,price,stands", "one,1,", "two,2.00,", "", "new,,TRUE"
    )
    told = answer.json()
    assert outcomes(answer) == ["unchanged", "changed", "added"]
    assert [line["line"] for line in told["lines"]] == [2, 3, 5]
    assert [line["id"] for line in told["lines"][:2]] == [str(row.id) for row in rows]
    assert (told["written"], told["added"], told["changed"], told["unchanged"]) == (True, 1, 1, 1)


def test_one_refused_line_keeps_all_of_them_out(as_somebody: AsSomebody, session: Session) -> None:
    answer = bring(as_somebody("keeper"), "label,price", "one,1", "two,-5", "three,3")
    assert outcomes(answer) == ["added", "refused", "added"]
    assert codes(answer) == [("price", "greater_than_equal")] or codes(answer)[0][0] == "price"
    assert answer.json()["written"] is False
    assert session.scalar(select(func.count()).select_from(Shelf)) == 0


def test_a_dry_run_keeps_nothing(as_somebody: AsSomebody, session: Session) -> None:
    answer = bring(as_somebody("keeper"), "label", "one", dry_run="true")
    assert (answer.json()["dry_run"], answer.json()["written"]) == (True, False)
    assert outcomes(answer) == ["added"]
    assert session.scalar(select(func.count()).select_from(Shelf)) == 0


def test_who_may_do_less_brings_in_less(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "there")
    assert bring(as_somebody("watcher"), "label", "x").status_code == 403
    assert bring(as_somebody("adder"), "label", "x").status_code == 403  # and never sees a row
    assert outcomes(bring(as_somebody("watcher", "adder"), "label,room", "new,north")) == ["added"]
    refused = bring(as_somebody("watcher", "adder"), "label,room", "there,south")
    assert codes(refused) == [("", "forbidden")]
    told = bring(as_somebody("watcher", "adder"), "label,price", "newer,5")
    assert codes(told) == [("", "forbidden")]  # only a keeper sets the price


def test_what_is_hidden_is_not_found_out_by_guessing(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "there", height=7, note="zoe")
    client = as_somebody("watcher", "blind")
    for guess in ("there,7,zoe", "there,8,yan"):
        answer = bring(client, "label,height,note", guess, dry_run="true")
        assert codes(answer) in ([("note", "extra_forbidden")], [("", "forbidden")])
    for guess in ("there,7", "there,8"):
        assert outcomes(bring(client, "label,height", guess, dry_run="true")) == ["changed"]


def test_what_does_not_say_one_row_is_refused(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "gone")
    row.archived_at = row.created_at
    work("keeper").session.flush()
    answer = bring(as_somebody("keeper"), "label", "gone", "new", "new", " ,x")
    assert outcomes(answer) == ["refused", "added", "refused", "refused"]
    assert [code for _, code in codes(answer)[:2]] == ["archived", "twice"]
    answer = bring(as_somebody("keeper"), "label,room", ",north")
    assert codes(answer)[0][0] == "label"


def test_parts_come_in_with_what_they_are_part_of(as_somebody: AsSomebody, work: Begin) -> None:
    here, other = shelf(work("keeper"), "here"), shelf(work("keeper"), "other")
    box(work("keeper"), other, "a box")
    keeper = as_somebody("keeper")
    answer = bring(keeper, "name", "a box", home=f"{HOME}/{here.id}/boxes")
    assert outcomes(answer) == ["added"]
    again = bring(keeper, "name,shelf", "a box,here", home=f"{HOME}/{here.id}/boxes")
    assert (outcomes(again), again.json()["ignored_columns"]) == (["unchanged"], ["shelf"])
    gone = bring(keeper, "name", "a box", home=f"{HOME}/{new_id()}/boxes")
    assert outcomes(gone) == ["refused"]


def test_too_much_is_refused(as_somebody: AsSomebody) -> None:
    use(settings().model_copy(update={"import_lines": 2, "import_limit_bytes": 100}))
    keeper = as_somebody("keeper")
    assert bring(keeper, "label", "aa", "bb", "", "").status_code == 200
    assert codes(bring(keeper, "label", "aa", "bb", "cc")) == []
    assert bring(keeper, "label", "aa", "bb", "cc").json()["code"] == "too_many_lines"
    assert bring(keeper, "label", "x" * 100).status_code == 413


def test_nothing_is_read_of_who_may_not_come(web: TestClient) -> None:
    assert bring(web, "x" * 1000).status_code == 401


def test_a_table_may_be_longer_than_other_bodies(as_somebody: AsSomebody) -> None:
    assert settings().body_limit_bytes < 1_500_000 < settings().import_limit_bytes
    keeper = as_somebody("keeper")
    assert bring(keeper, "label", "," * 10, "y" * 1_500_000).status_code == 422
    assert keeper.post(HOME, content=b"x" * 1_500_000).status_code == 413
