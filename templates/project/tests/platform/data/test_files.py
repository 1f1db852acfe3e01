"""Files over HTTP: taken in, taken by a row, given back, and never to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.db import Session, new_id
from app.platform.files import store
from app.platform.files.models import StoredFile
from app.platform.readings import Reading
from app.settings import settings
from dev.files import example
from tests.calling import matching

AsSomebody = Callable[..., TestClient]
HOME, SECRETS = "/try/shelves", "/try/secrets"
PDF, CANARY = example("pdf"), b"zoe-canary-31\n" * 20_000


def send(
    client: TestClient, content: bytes = PDF, path: str = f"{HOME}/files/plan", **name: str
) -> Any:
    """Upload a file."""
    headers = {"File-Name": name["name"]} if name else {}
    return client.post(path, content=content, headers=headers)


def shelf_with(client: TestClient, file_id: str | None, label: str = "a shelf") -> Any:
    """Add a shelf that takes a file."""
    return client.post(HOME, json={"label": label, "plan": file_id})


def test_a_file_comes_back_as_it_was(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    told = send(keeper, name=quote("Über uns.docx"))
    assert (told.status_code, told.json()["media_type"]) == (201, "application/pdf")
    assert told.json()["name"] == "Über uns.pdf"  # its content says what it is
    row = shelf_with(keeper, told.json()["id"]).json()
    answer = keeper.get(f"{HOME}/{row['id']}/files/plan")
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert (
        answer.headers["content-disposition"]
        == f"attachment; filename*=UTF-8''{quote('Über uns.pdf')}"
    )
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("..%2F..%2Fetc%2Fpasswd", "etc passwd.pdf"),
        ("%00a%0D%0Ab.exe", "a b.pdf"),
        ("%E2%80%AEfdp.exe", "fdp.pdf"),
        ("...", "plan.pdf"),
        ("%FF", "\ufffd.pdf"),
        ("x" * 600, "x" * 192 + ".pdf"),
    ],
)
def test_a_name_is_data_and_no_path(
    as_somebody: AsSomebody, session: Session, said: str, name: str
) -> None:
    assert send(as_somebody("keeper"), name=said).json()["name"] == name
    file = session.scalars(select(StoredFile)).one()
    assert file.store_key.isalnum()
    assert (Path(settings().files_folder) / file.store_key).is_file()


def test_bad_names_and_contents_are_refused(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    assert send(keeper, name="a name").status_code == 422
    assert send(keeper, name="x" * 601).status_code == 422
    for content in (b"", b"<html>", b"GIF89a", PDF[1:], b"%PDF-1.4 no end", example("png")[:7]):
        assert send(keeper, content).json()["code"] == "wrong_type"


def test_a_file_is_as_large_as_its_field_allows(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    fits = b"%PDF-" + bytes(1_000_000 - 10) + b"%%EOF"
    assert send(keeper, fits).json()["size"] == 1_000_000
    assert send(keeper, fits + b"\n").status_code == 413
    answer = keeper.post(f"{HOME}/files/plan", content=iter([fits, b"\n"]))  # of unknown length
    assert answer.status_code == 413


def test_nobody_uploads_without_a_right_to(as_somebody: AsSomebody, web: TestClient) -> None:
    assert send(web).status_code == 401
    assert send(as_somebody("watcher")).status_code == 403
    assert send(as_somebody("adder")).status_code == 201
    assert send(as_somebody("blind")).status_code == 201


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


def test_a_restricted_file_is_sealed_and_its_readings_are_recorded(
    as_somebody: AsSomebody, session: Session
) -> None:
    keeper = as_somebody("keeper")
    told = send(keeper, CANARY, f"{SECRETS}/files/scan", name="zoe.txt").json()
    assert told["name"] == "scan.txt"
    file = session.scalars(select(StoredFile)).one()
    assert (file.sealed, file.sha256) == (True, None)
    assert b"zoe" not in b"".join(store.pieces_of(file.store_key))
    row = keeper.post(SECRETS, json={"name": "zoe", "scan": told["id"]}).json()
    assert row.keys().isdisjoint({"scan"})
    url = f"{SECRETS}/{row['id']}/files/scan"
    assert as_somebody("watcher").get(url).status_code == 403
    answer = as_somebody("keeper").get(url)
    assert (answer.content, len(answer.content)) == (CANARY, int(answer.headers["content-length"]))
    assert session.scalars(select(Reading.fields)).all()[-1] == ["scan"]
    assert as_somebody("clerk").get(url).status_code == 200


def test_who_does_not_see_the_field_gets_no_file(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = as_somebody("keeper")
    row = shelf_with(keeper, send(keeper).json()["id"]).json()
    monkeypatch.setitem(POLICIES["try_shelves"].seen_by, "plan", frozenset({"nobody"}))
    assert keeper.get(f"{HOME}/{row['id']}/files/plan").status_code == 403
