"""Where the content of files lies: a folder, or a bucket of any store that speaks S3."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import obstore
from obstore.store import LocalStore, ObjectStore, S3Store

from app.settings import settings

PIECE = 65_536
OURS = re.compile(r"[0-9a-f]{64}")
PATIENCE = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}


def new_key() -> str:
    """Give a key that nobody can guess, and that says nothing."""
    return secrets.token_hex(32)


def put(key: str, pieces: Iterable[bytes]) -> None:
    """Keep content under a key: all of it, or nothing."""
    obstore.put(store(), key, pieces)


def pieces_of(key: str) -> Iterator[bytes]:
    """Give content piece by piece; raises FileNotFoundError at once if there is none."""
    found = obstore.get(store(), key)
    return (bytes(piece) for piece in found.stream(min_chunk_size=PIECE))


def remove(keys: list[str]) -> None:
    """Remove content; what is not there any more counts as removed."""
    for key in keys:
        try:
            obstore.delete(store(), key)
        except FileNotFoundError:
            continue


def keys_before(moment: datetime) -> Iterator[str]:
    """Give the keys of all content that was kept before a moment; what others put there is not ours."""
    for page in obstore.list(store()):
        for found in page:
            if found["last_modified"] < moment and OURS.fullmatch(found["path"]):
                yield found["path"]


def store() -> ObjectStore:
    """Give the store that the settings name."""
    chosen = settings()
    secret = [chosen.files_key_id, chosen.files_key]
    key_id, key = (None if word is None else word.get_secret_value() for word in secret)
    if chosen.files_bucket is None:
        return _folder(chosen.files_folder)
    known = {"endpoint": chosen.files_endpoint, "access_key_id": key_id, "secret_access_key": key}
    given = tuple((name, value) for name, value in known.items() if value is not None)
    return _bucket(chosen.files_bucket, chosen.files_region, given, plain=chosen.relaxed)


@lru_cache(maxsize=8)
def _folder(folder: Path) -> ObjectStore:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(prefix=folder.resolve())


@lru_cache(maxsize=8)
def _bucket(
    bucket: str, region: str, given: tuple[tuple[str, str], ...], *, plain: bool
) -> ObjectStore:
    more: dict[str, Any] = dict(given)
    options: Any = {"allow_http": plain}
    patience: Any = PATIENCE
    return S3Store(bucket, region=region, client_options=options, retry_config=patience, **more)
