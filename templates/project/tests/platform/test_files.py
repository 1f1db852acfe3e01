"""What files are, where their content lies, and what of it goes."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import obstore
import pytest
from obstore.store import S3Store
from pydantic import SecretStr

from app.platform.db import Session, new_id
from app.platform.errors import TooLarge
from app.platform.files import store, sweep
from app.platform.files.kinds import ENDS, KINDS, kind_of
from app.platform.files.models import StoredFile
from app.platform.files.sealing import seal, unseal
from app.platform.http.receiving import spooled
from app.platform.sealed import CannotOpen
from app.settings import settings, use
from dev.files import example
from tests.calling import Shared

PIECES = [b"a" * 70_000, b"b", b"c" * 9]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of the test's own."""
    use(settings().model_copy(update={"files_folder": tmp_path / "kept"}))
    return tmp_path / "kept"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_told_by_its_content(kind: str) -> None:
    content = example(kind)
    assert kind_of([kind], content, content) == kind
    assert kind_of([kind], b"<script>" + content, content) is None
    assert kind_of([kind], b"", b"") is None or kind in ("txt", "csv")  # nothing is refused before


@pytest.mark.parametrize(
    "content",
    [
        b"<script>WAVEfmt ", b"<script>WEBPVP8 ", b"<svgftypisom", b"BM<script>", b"AC10<script>",
        b"ID3<script>",
    ],
)  # fmt: skip
def test_markup_with_the_sign_of_another_kind_is_not_of_that_kind(content: bytes) -> None:
    content += bytes(64)
    assert kind_of(sorted(KINDS), content, content) is None


def test_an_archive_hides_behind_no_picture_however_long_its_end(folder: Path) -> None:
    held = io.BytesIO(example("png"))
    with zipfile.ZipFile(held, "a") as parts:
        parts.writestr("a.html", "<script>")
        parts.comment = b"x" * 65_535
    both = held.getvalue()
    assert zipfile.is_zipfile(held)
    assert kind_of(["png"], both[:ENDS], both[-ENDS:]) is None


def test_too_long_a_body_is_refused_while_it_is_read() -> None:
    class Endless:
        """A request whose body has no end."""

        async def stream(self) -> AsyncIterator[bytes]:
            while True:
                yield bytes(1_000)

    content, request = io.BytesIO(), Endless()
    with pytest.raises(TooLarge):
        asyncio.run(spooled(request, content, 5_500))  # type: ignore[arg-type]
    assert len(content.getvalue()) == 5_000


def test_what_could_be_two_kinds_is_neither() -> None:
    both = example("png") + example("zip")
    assert kind_of(["png", "zip"], both, both) is None
    both = b"GIF89a" + example("pdf")
    assert kind_of(["gif", "pdf"], both, both) is None


@pytest.mark.parametrize(
    "content", [b"\xff", b"a\x00", b" <SVG>", b"<?xml version", b"a <script>", b"<!doctype html>"]
)
def test_text_is_nothing_that_a_browser_runs(content: bytes) -> None:
    assert kind_of(["txt", "csv"], content, content) is None


def test_macros_are_refused() -> None:
    content = example("docx").replace(b"word/document.xml", b"word/vbaProject.bin"[:17].ljust(17))
    assert kind_of(["docx"], content, content + b"word/vbaProject.bin") is None


@pytest.mark.parametrize("pieces", [PIECES, PIECES[:1]])
def test_sealed_content_opens_however_it_is_cut(pieces: list[bytes]) -> None:
    file_id = new_id()
    sealed = b"".join(seal(file_id, pieces))
    for size in (7, 70_100, 1_000_000):
        cut = [sealed[at : at + size] for at in range(0, len(sealed), size)]
        assert b"".join(unseal(file_id, cut)) == b"".join(pieces)


def test_sealed_content_is_whole_in_order_and_in_its_file() -> None:
    file_id = new_id()
    first, second, last = seal(file_id, PIECES)
    for lie in (
        [first, last],
        [first, second],
        [second, first, last],
        [first, second, last[:-1]],
        [],
    ):
        with pytest.raises(CannotOpen):
            list(unseal(file_id, lie))
    with pytest.raises(CannotOpen):
        list(unseal(uuid4(), [first, second, last]))


def test_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    store.put("ab", [b"one", b"two"])
    assert b"".join(store.pieces_of("ab")) == b"onetwo"
    assert folder.stat().st_mode & 0o777 == 0o700
    store.remove(["ab", "never"])
    with pytest.raises(FileNotFoundError):
        store.pieces_of("ab")


def test_a_bucket_is_named_by_settings() -> None:
    named = {"files_bucket": "b", "files_key_id": SecretStr("id"), "files_key": SecretStr("key")}
    use(settings().model_copy(update=named | {"files_endpoint": "http://127.0.0.1:9"}))
    bucket = store.store()
    assert isinstance(bucket, S3Store)
    assert bucket.config["endpoint"] == "http://127.0.0.1:9"
    with pytest.raises(obstore.exceptions.BaseError):
        bucket.head("nothing")


def kept(session: Session, **values: Any) -> str:
    """Keep a file and note it; give its key."""
    key = store.new_key()
    store.put(key, [b"x"])
    session.add(
        StoredFile(
            record="users", field="photo", name="a.txt", media_type="text/plain", size=1,
            store_key=key, sealed=False, **values,
        )
    )  # fmt: skip
    session.flush()
    return key


def test_the_sweep_removes_what_no_row_holds(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    long_ago = now - sweep.KEPT - timedelta(hours=1)
    held = kept(session, record_id=new_id(), uploaded_at=long_ago)
    fresh = kept(session, uploaded_at=now)
    kept(session, uploaded_at=long_ago)
    kept(session, record_id=new_id(), uploaded_at=long_ago, released_at=long_ago)
    store.put(store.new_key(), [b"x"])
    store.put("of-another-program", [b"x"])
    assert sweep.sweep(Shared(session.connection())) == 2  # content that is new may still be noted
    monkeypatch.setattr(sweep, "KEPT", -timedelta(hours=1))
    session.query(StoredFile).filter_by(store_key=fresh).update({"record_id": new_id()})
    assert sweep.sweep(Shared(session.connection())) == 3
    left = {path.name for path in folder.iterdir()}
    assert left == {fresh, held, "of-another-program"}
