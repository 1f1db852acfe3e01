"""Files lie in a bucket as they do in a folder: tried with a store that really speaks S3."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.generated.making import Projects

SECONDS_TO_START = 90
TRIES = 3
PORTS = [
    f"{name}.{port}"
    for name in ("master", "volume", "filer", "s3")
    for port in ("port", "port.grpc")
]
KEYS = {"accessKey": "an-id", "secretKey": "a-key-of-some-length"}
IDENTITY = {"name": "app", "credentials": [KEYS], "actions": ["Admin", "Read", "Write", "List"]}
ROUND_TRIP = """
from datetime import UTC, datetime, timedelta
from app.platform.files import store
from app.platform.files.sealing import seal, unseal
from app.platform.db import new_id

first, second = sorted(store.new_key() for _ in range(2))
large = [bytes([at]) * 1_000_000 for at in range(7)]  # more than a part of an upload
store.put(first, large)
assert b"".join(store.pieces_of(first)) == b"".join(large)
file_id = new_id()
store.put(second, seal(file_id, [b"zoe"]))
assert b"zoe" not in b"".join(store.pieces_of(second))
assert b"".join(unseal(file_id, store.pieces_of(second))) == b"zoe"
assert sorted(store.keys_before(datetime.now(UTC) + timedelta(hours=1))) == [first, second]
store.remove([first, second, store.new_key()])
assert list(store.keys_before(datetime.now(UTC) + timedelta(hours=1))) == []
try:
    store.pieces_of(first)
except FileNotFoundError:
    print("kept, given back and removed")
"""


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    """The address of a store that speaks S3, with one bucket and one key to it.

    A port that was free may be taken when the store wants it: then others are tried.
    """
    (tmp_path / "keys.json").write_text(json.dumps({"identities": [IDENTITY]}), encoding="utf-8")
    for attempt in range(TRIES):
        folder = tmp_path / f"store{attempt}"
        folder.mkdir()
        ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                serve(folder, ports, tmp_path / "keys.json"), cwd=folder, stdout=log, stderr=log
            )
            try:
                if ready(server, ports):
                    yield f"http://127.0.0.1:{ports['s3.port']}"
                    return
            finally:
                server.kill()
                server.wait()
    raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace")[-2_000:])


def free_ports(count: int) -> list[int]:
    """Give as many ports that nobody uses, each another one."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def serve(folder: Path, ports: Mapping[str, int], keys: Path) -> list[str]:
    """Give the command that starts the store."""
    weed = str(Path(sys.executable).with_name("weed"))
    command = [weed, "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}"]
    command += ["-s3", "-s3.autoCreateBucket", f"-s3.config={keys}", "-s3.port.iceberg=0"]
    command += ["-volume.max=8", "-master.volumeSizeLimitMB=64"]
    return command + [f"-{name}={port}" for name, port in ports.items()]


def ready(server: subprocess.Popen[bytes], ports: Mapping[str, int]) -> bool:
    """Wait until the store answers, and has room for content; False where it does not come up."""
    until = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{ports['s3.port']}/healthz", timeout=5):
                pass
            with urlopen(f"http://127.0.0.1:{ports['master.port']}/dir/assign", timeout=5) as room:
                if "fid" in json.load(room):
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


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
