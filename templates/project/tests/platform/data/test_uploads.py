"""Taking a file in: what it is, what it is called, how large it is, and who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.db import Session
from app.platform.files.models import StoredFile
from app.settings import settings
from dev.files import example
from tests.platform.data.sending import HOME, PDF, send, shelf_with

AsSomebody = Callable[..., TestClient]


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
        ("a%E2%80%8Fb%C2%85c.exe", "a b c.pdf"),
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


def test_what_the_sender_says_of_content_counts_for_nothing(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    url, said = f"{HOME}/files/plan", {"Content-Type": "text/html", "File-Name": "a.html"}
    told = keeper.post(url, content=PDF, headers=said).json()
    assert (told["name"], told["media_type"]) == ("a.pdf", "application/pdf")
    said = {"Content-Type": "application/pdf", "File-Name": "a.pdf"}
    assert keeper.post(url, content=b"<html>", headers=said).status_code == 422


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
