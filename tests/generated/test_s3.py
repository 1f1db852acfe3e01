"""Files lie in a bucket as they do in a folder: tried with a store that really speaks S3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dev.serving import free_port
from tests.generated.making import Projects

SECONDS_TO_START = 60
KEYS = {"accessKey": "an-id", "secretKey": "a-key-of-some-length"}
IDENTITY = {"name": "app", "credentials": [KEYS], "actions": ["Admin", "Read", "Write", "List"]}
ROUND_TRIP = """
from datetime import UTC, datetime, timedelta
from app.platform.files import store
from app.platform.files.sealing import seal, unseal
from app.platform.db import new_id

large = [bytes([at]) * 1_000_000 for at in range(7)]  # more than a part of an upload
store.put("large", large)
assert b"".join(store.pieces_of("large")) == b"".join(large)
file_id = new_id()
store.put("sealed", seal(file_id, [b"zoe"]))
assert b"zoe" not in b"".join(store.pieces_of("sealed"))
assert b"".join(unseal(file_id, store.pieces_of("sealed"))) == b"zoe"
assert sorted(store.keys_before(datetime.now(UTC) + timedelta(hours=1))) == ["large", "sealed"]
store.remove(["large", "sealed", "never"])
assert list(store.keys_before(datetime.now(UTC) + timedelta(hours=1))) == []
try:
    store.pieces_of("large")
except FileNotFoundError:
    print("kept, given back and removed")
"""


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    """The address of a store that speaks S3, with one bucket and one key to it."""
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"identities": [IDENTITY]}), encoding="utf-8")
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    command = [str(Path(sys.executable).with_name("weed")), "server", "-ip=127.0.0.1"]
    command += ["-ip.bind=127.0.0.1", f"-dir={tmp_path}", "-s3", "-s3.autoCreateBucket"]
    command += [f"-s3.config={keys}"]
    command += [f"-{name}.port={port}" for name, port in ports.items()]
    command += [f"-{name}.port.grpc={free_port()}" for name in ports]
    command += ["-s3.port.iceberg=0", "-volume.max=8", "-master.volumeSizeLimitMB=64"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{ports['s3']}/healthz", tmp_path / "log")
            yield f"http://127.0.0.1:{ports['s3']}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(url: str, log: Path) -> None:
    """Wait until the store answers."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-2_000:])


@pytest.mark.full
def test_a_store_that_speaks_s3_keeps_files(
    projects: Projects, tmp_path: Path, endpoint: str
) -> None:
    project = projects.copy("quotes", tmp_path / "project")
    env = os.environ | {
        "PYTHONPATH": "src",
        "APP_ENVIRONMENT": "test",
        "APP_DATABASE_URL": "postgresql+psycopg:///unused",
        "APP_FILES_BUCKET": "files",
        "APP_FILES_ENDPOINT": endpoint,
        "APP_FILES_KEY_ID": KEYS["accessKey"],
        "APP_FILES_KEY": KEYS["secretKey"],
    }
    done = round_trip(project, env)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout.strip() == "kept, given back and removed"
    assert round_trip(project, env | {"APP_FILES_KEY": "another-key"}).returncode != 0


def round_trip(project: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Let a project keep files, read them and remove them."""
    command = [sys.executable, "-c", ROUND_TRIP]
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )
