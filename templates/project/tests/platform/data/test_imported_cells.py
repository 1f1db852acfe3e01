"""Imports: what the columns mean, and what stands in the cells."""

from __future__ import annotations

import csv
import io

import pytest

from app.platform.db import Session, new_id
from tests.platform.data.bringing import HOME, AsSomebody, bring, codes, outcomes
from tests.platform.data.things import Secret, Tag
from tests.platform.data.working import Begin, secret, shelf


def test_an_exported_file_can_be_changed_and_sent_back(
    as_somebody: AsSomebody, work: Begin
) -> None:
    first = shelf(work("keeper"), "-one", price="1.00")
    shelf(work("keeper"), "two", follows_id=str(first.id))
    keeper = as_somebody("keeper")
    exported = keeper.get(f"{HOME}/export").content.decode("utf-8-sig")
    same = bring(keeper, *exported.splitlines())
    assert (outcomes(same), same.json()["ignored_columns"][0]) == (["unchanged"] * 2, "id")
    lines = list(csv.reader(io.StringIO(exported)))
    at = {name: place for place, name in enumerate(lines[0])}
    lines[1][at["room"]] = "south"
    lines[2][at["price"]] = ""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    assert outcomes(bring(keeper, *text.getvalue().splitlines())) == ["changed", "changed"]
    late = bring(keeper, *text.getvalue().replace("south", "north").splitlines())
    assert codes(late)[0] == ("", "changed_meanwhile")


def test_a_relation_is_named_or_given_by_its_id(as_somebody: AsSomebody, work: Begin) -> None:
    first = shelf(work("keeper"), "first")
    keeper = as_somebody("keeper")
    assert outcomes(bring(keeper, "label,follows", "aa,first", "bb,first", "cc,")) == ["added"] * 3
    answer = bring(
        keeper, "label,follows,follows_id", f"dd,first,{first.id}", f"ee,first,{new_id()}", "ff,no,",
    )  # fmt: skip
    assert outcomes(answer) == ["added", "refused", "refused"]
    assert codes(answer) == [("follows", "contradiction"), ("follows", "unknown_reference")]


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        ("label,what", [("columns.2", "unknown")]),
        ("label,room,room", [("columns.3", "twice")]),
        ("room", [("label", "missing")]),
        ("label,owner", []),
    ],
)
def test_the_first_line_names_the_fields(
    as_somebody: AsSomebody, header: str, faults: list[tuple[str, str]]
) -> None:
    answer = bring(as_somebody("keeper"), header, "a new one")
    assert codes(answer) == faults
    assert answer.status_code == (422 if faults else 200)
    assert "what" not in answer.text


def test_values_that_are_not_text(as_somebody: AsSomebody, session: Session) -> None:
    tags = [tagged(session, name) for name in ("a", "b")]
    header = "label,height,stands,more,tags,seen_on"
    one = f'one,3,no,"{{""a"": [1]}}",{tags[0]} {tags[1]},2026-03-31'
    assert outcomes(bring(as_somebody("keeper"), header, one)) == ["added"]
    assert outcomes(
        bring(as_somebody("keeper"), "label,height,tags", f"one,3,{tags[1]} {tags[0]}")
    ) == ["unchanged"]
    bad = bring(as_somebody("keeper"), header, "two,3.5,maybe,{,x,31.3.2026")
    assert codes(bad) == [("more", "unreadable")]
    bad = bring(as_somebody("keeper"), header, "two,3.5,maybe,,x,31.3.2026")
    assert [field for field, _ in codes(bad)] == ["height", "stands", "seen_on", "tags.0"]


def tagged(session: Session, name: str) -> str:
    """Add a tag; give its id."""
    tag = Tag(name=name)
    session.add(tag)
    session.flush()
    return str(tag.id)


def test_a_sealed_key_is_found_by_its_digest(as_somebody: AsSomebody, work: Begin) -> None:
    row: Secret = secret(work("keeper"), "zoe", code="1.50")
    keeper = as_somebody("keeper")
    answer = bring(keeper, "code,name", "1.50,yan", home="/try/secrets")
    assert codes(answer) in ([("name", "extra_forbidden")], [])
    added = bring(keeper, "code,name,room", "2.5,yan,north", home="/try/secrets")
    assert outcomes(added) == ["added"]
    again = bring(keeper, "code", "2.50", home="/try/secrets")
    assert (outcomes(again), again.json()["lines"][0]["id"] != str(row.id)) == (["unchanged"], True)
    blank = bring(keeper, "code,name", ",yan", home="/try/secrets")
    assert codes(blank) == [("code", "missing")]
    hidden = bring(as_somebody("watcher", "clerk"), "code", "1.50", home="/try/secrets")
    assert hidden.status_code == 403


def test_a_line_with_more_than_the_header_is_refused(as_somebody: AsSomebody) -> None:
    assert codes(bring(as_somebody("keeper"), "label", "one,two")) == [("", "invalid")]
    assert bring(as_somebody("keeper")).status_code == 422
