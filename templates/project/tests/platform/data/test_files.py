"""Files over HTTP: taken by a row, given back, and never to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from app.platform.access import POLICIES
from app.platform.db import Session, new_id
from app.platform.files import store
from app.platform.files.models import StoredFile
from app.platform.readings import Reading
from tests.calling import matching
from tests.platform.data.sending import HOME, send, shelf_with
from tests.platform.data.working import NOON

AsSomebody = Callable[..., TestClient]
SECRETS = "/try/secrets"
CANARY = b"zoe-canary-31\n" * 20_000


def test_a_file_of_somebody_else_is_not_there(as_somebody: AsSomebody, session: Session) -> None:
    file_id = send(as_somebody("keeper")).json()["id"]
    other = as_somebody("keeper", login="bob@example.com")
    assert shelf_with(other, file_id).json()["code"] == "unknown_reference"
    session.get_one(StoredFile, UUID(file_id)).field = "note"
    session.flush()
    assert shelf_with(as_somebody("keeper"), file_id).status_code == 409


def test_a_file_goes_with_the_row(as_somebody: AsSomebody, session: Session) -> None:
    keeper = as_somebody("keeper")
    first, second = (send(keeper).json()["id"] for _ in range(2))
    row = shelf_with(keeper, first).json()
    url = f"{HOME}/{row['id']}"
    assert shelf_with(keeper, first, "another").status_code == 409
    assert keeper.patch(url, json={"plan": second}, headers=matching(1)).status_code == 200
    assert keeper.patch(url, json={"plan": second}, headers=matching(2)).status_code == 200
    assert keeper.patch(url, json={"plan": None}, headers=matching(2)).status_code == 200
    assert keeper.get(f"{url}/files/plan").status_code == 404
    assert keeper.patch(url, json={"plan": first}, headers=matching(3)).status_code == 409
    files = session.scalars(select(StoredFile))
    assert all(file.released_at is not None and str(file.record_id) == row["id"] for file in files)


def test_a_file_that_is_gone_can_be_let_go_of(as_somebody: AsSomebody, session: Session) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    session.delete(session.scalars(select(StoredFile)).one())
    session.flush()
    url = f"{HOME}/{row['id']}"
    assert keeper.get(f"{url}/files/plan").status_code == 404
    assert keeper.patch(url, json={"plan": None}, headers=matching(1)).status_code == 200


def test_who_does_not_see_the_row_gets_no_file(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    url = f"{HOME}/{row['id']}/files/plan"
    assert as_somebody("watcher").get(url).status_code == 200
    assert as_somebody("helper", login="bob@example.com").get(url).status_code == 404
    assert as_somebody("adder").get(url).status_code == 403
    assert as_somebody("keeper").get(f"{HOME}/{new_id()}/files/plan").status_code == 404


@pytest.mark.parametrize(
    "lie", [{"record_id": new_id()}, {"field": "note"}, {"record": "users"}, {"released_at": NOON}]
)
def test_a_row_gives_only_the_file_that_it_holds(
    as_somebody: AsSomebody, session: Session, lie: dict[str, Any]
) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    session.execute(update(StoredFile).values(**lie))
    assert keeper.get(f"{HOME}/{row['id']}/files/plan").status_code == 404


def test_reading_a_file_is_recorded_where_readings_are(
    as_somebody: AsSomebody, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    monkeypatch.setattr(POLICIES["try_shelves"], "reads_recorded", True)
    assert keeper.get(f"{HOME}/{row['id']}/files/plan").status_code == 200
    noted = session.scalars(select(Reading)).one()
    assert (noted.verb, noted.fields, [str(noted.record_ids[0])]) == ("see", ["plan"], [row["id"]])


def test_a_restricted_file_is_sealed_and_its_readings_are_recorded(
    as_somebody: AsSomebody, session: Session
) -> None:
    keeper = as_somebody("keeper")
    told = send(keeper, CANARY, f"{SECRETS}/files/scan", name="zoe.txt").json()
    assert told["name"] == "scan.txt"
    file = session.scalars(select(StoredFile)).one()
    assert (file.sealed, file.sha256) == (True, None)
    assert CANARY[:14] not in b"".join(store.pieces_of(file.store_key))
    row = keeper.post(SECRETS, json={"name": "zoe", "scan": told["id"]}).json()
    assert row.keys().isdisjoint({"scan"})
    url = f"{SECRETS}/{row['id']}/files/scan"
    assert as_somebody("watcher").get(url).status_code == 403
    answer = as_somebody("keeper").get(url)
    assert (answer.content, len(answer.content)) == (CANARY, int(answer.headers["content-length"]))
    noted = session.scalars(select(Reading.fields).order_by(Reading.id))
    assert noted.all()[-1] == ["scan"]
    assert as_somebody("clerk").get(url).status_code == 200


def test_who_does_not_see_the_field_gets_no_file(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    monkeypatch.setitem(POLICIES["try_shelves"].seen_by, "plan", frozenset({"nobody"}))
    assert keeper.get(f"{HOME}/{row['id']}/files/plan").status_code == 403
