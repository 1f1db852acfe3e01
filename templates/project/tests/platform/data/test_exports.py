"""Exports: which rows, which fields, and that it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform import exports
from app.platform.access import POLICIES, Grant
from app.platform.db import Session, new_id
from app.platform.readings import Reading
from dev.samples import Samples
from tests.exporting import header, lines
from tests.platform.data.things import Secret, Shelf
from tests.platform.data.working import Begin, box, owned, secret

AsSomebody = Callable[..., TestClient]
HOME, SECRETS = "/try/shelves/export", "/try/secrets/export"


def labels(client: TestClient, **query: Any) -> list[str]:
    """Export shelves, and give their labels in the order of the file."""
    return [line["label"] for line in lines(client.get(HOME, params=query))]


def test_an_export_is_a_file_that_stays_a_file(as_somebody: AsSomebody) -> None:
    answer = as_somebody("keeper").get(HOME)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="try_shelves.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith("\ufeffid,label,".encode())


def test_filters_and_order_are_those_of_the_list(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    keeper = as_somebody("keeper")
    assert labels(keeper) == ["three", "two", "one"]
    assert labels(keeper, sort="label", room="north") == ["one", "three"]
    assert keeper.get(HOME, params={"limit": 5}).status_code == 422
    assert keeper.get(HOME, params={"room": "attic"}).status_code == 422
    assert keeper.get(HOME, params={"note": "x"}).status_code == 403


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "label", "-height"])
def test_all_pages_are_in_it_once(
    as_somebody: AsSomebody, shelves: list[Shelf], sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 1)
    assert sorted(labels(as_somebody("keeper"), sort=sort)) == ["one", "three", "two"]


def test_both_scopes_hold(as_somebody: AsSomebody, shelves: list[Shelf], samples: Samples) -> None:
    client = as_somebody("taker")
    assert labels(client) == []
    owned(samples, shelves[1])
    assert labels(client) == ["two"]
    assert client.get(f"{HOME}/unmasked").status_code == 200


def test_who_may_not_see_exports_nothing(as_somebody: AsSomebody, shelves: list[Shelf]) -> None:
    assert as_somebody("porter").get(HOME).status_code == 403
    assert as_somebody("watcher").get(HOME).status_code == 403
    assert as_somebody("watcher").get(f"{HOME}/unmasked").status_code == 403


def test_what_is_in_the_archive_stays_there(
    as_somebody: AsSomebody, shelves: list[Shelf], session: Session
) -> None:
    shelves[0].archived_at = shelves[0].updated_at
    session.commit()
    assert labels(as_somebody("keeper")) == ["three", "two"]


def test_masked_fields_are_for_those_who_may_unmask_the_row(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    kept = [secret(work("keeper"), name, room=room) for name, room in ROOMS]
    warden = as_somebody("warden")
    grants = {"warden": [Grant("see"), Grant("export"), Grant("unmask", same="room")]}
    assert POLICIES["try_secrets"].grants["warden"] == grants["warden"]
    found = {line["id"]: line for line in lines(warden.get(f"{SECRETS}/unmasked"))}
    assert [found[str(row.id)]["name"] for row in kept] == ["", ""]
    assert {line["hidden_fields"] for line in found.values()} == {"code name phone scan"}
    assert [look.verb for look in session.scalars(select(Reading))] == ["export"]


ROOMS = [("zoe", "north"), ("yan", "south")]


def test_what_is_read_in_the_clear_is_recorded(
    as_somebody: AsSomebody, work: Begin, session: Session
) -> None:
    row: Secret = secret(work("keeper"), "zoe", code="1.50")
    keeper = as_somebody("keeper")
    assert header(keeper.get(SECRETS)) & {"name", "code", "phone", "scan"} == set()
    (line,) = lines(keeper.get(f"{SECRETS}/unmasked"))
    assert (line["name"], line["code"], line["hidden_fields"]) == ("zoe", "1.50", "")
    looks = session.scalars(select(Reading).order_by(Reading.id)).all()
    assert [look.verb for look in looks] == ["export", "export", "unmask"]
    assert looks[-1].fields == ["code", "name", "phone", "scan"]
    assert all(look.record_ids == [row.id] for look in looks)


def test_parts_are_exported_with_what_they_are_part_of(
    as_somebody: AsSomebody, work: Begin, shelves: list[Shelf]
) -> None:
    for place in (0, 1):
        box(work("keeper"), shelves[place], f"box {place}")
    keeper = as_somebody("keeper")
    (line,) = lines(keeper.get(f"/try/shelves/{shelves[1].id}/boxes/export"))
    assert (line["name"], line["shelf"], line["beside"]) == ("box 1", "two", "")
    assert keeper.get(f"/try/shelves/{new_id()}/boxes/export").status_code == 404


def test_an_export_ends_when_the_right_to_it_does(
    as_somebody: AsSomebody, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 1)
    keeper, asked = as_somebody("keeper"), exports.Export.page
    known: list[Any] = []

    def page(self: exports.Export, work: Any, last: Any) -> Any:
        if known:
            monkeypatch.setitem(POLICIES["try_shelves"].seen_by, "label", frozenset({"nobody"}))
        known.append(last)
        return asked(self, work, last)

    monkeypatch.setattr(exports.Export, "page", page)
    answer = keeper.get(HOME)
    assert len(lines(answer)) == 1
