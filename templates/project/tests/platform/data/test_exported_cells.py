"""What stands in the cells of an export, and what a spreadsheet makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from dev.samples import Samples
from tests.exporting import lines
from tests.platform.data.things import Shelf
from tests.platform.data.working import Begin, owned, shelf

AsSomebody = Callable[..., TestClient]
HOME, SECRETS = "/try/shelves/export", "/try/secrets/export"


def test_no_text_is_run_as_a_formula(as_somebody: AsSomebody, work: Begin) -> None:
    shelf(work("keeper"), "-cmd", more={"=": '"=1+1'}, price="12.50", note="=1+1")
    keeper = as_somebody("keeper")
    (line,) = lines(keeper.get(HOME))
    assert (line["label"], line["more"], line["price"]) == ("'-cmd", '{"=": "\\"=1+1"}', "12.50")
    (line,) = lines(keeper.get(f"{HOME}/unmasked"))
    assert line["note"] == "'=1+1"


def test_values_are_written_as_the_api_writes_them(
    as_somebody: AsSomebody, work: Begin, shelves: list[Shelf]
) -> None:
    row = shelf(work("keeper"), "all of it", stands=False, seen_on="2026-03-31")
    (line,) = lines(as_somebody("keeper").get(HOME, params={"label": "all of it"}))
    assert (line["id"], line["stands"], line["seen_on"]) == (str(row.id), "false", "2026-03-31")
    assert (line["price"], line["tags"], line["version"]) == ("", "", "1")
    assert line["created_at"].endswith("Z")


def test_a_relation_has_a_name_where_it_can_be_seen(
    as_somebody: AsSomebody, work: Begin, shelves: list[Shelf], samples: Samples
) -> None:
    client = as_somebody("taker")
    row = shelf(work("keeper"), "last", follows_id=str(shelves[0].id))
    owned(samples, row)
    (line,) = lines(client.get(HOME))
    assert (line["follows"], line["follows_id"]) == ("one", str(shelves[0].id))
    assert "note" not in line
    assert "height" not in line  # only some roles see it


def test_a_relation_that_cannot_be_seen_has_no_name(
    as_somebody: AsSomebody, work: Begin, shelves: list[Shelf], samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    row = shelf(work("keeper"), "last", follows_id=str(shelves[0].id))
    client = as_somebody("taker")
    owned(samples, row)
    monkeypatch.setitem(
        POLICIES["try_shelves"].grants, "taker", [Grant("see", own=True), Grant("export")]
    )
    (line,) = lines(client.get(HOME))
    assert (line["follows"], line["follows_id"]) == ("", str(shelves[0].id))


def test_several_ids_stand_in_one_cell(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    keeper = as_somebody("keeper")
    row = shelf(work("keeper"), "tagged")
    row.tags = [keeper_tag(session, name).id for name in ("a", "b")]
    session.commit()
    (line,) = lines(keeper.get(HOME))
    assert line["tags"].split() == [str(tag) for tag in row.tags]


def keeper_tag(session: Session, name: str) -> Any:
    """Add a tag."""
    tag = POLICIES["try_tags"].entity(name=name)
    session.add(tag)
    session.flush()
    return tag
