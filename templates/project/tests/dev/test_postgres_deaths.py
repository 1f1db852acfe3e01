"""The development database comes back after every way in which it, or its users, can die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dev import DevelopmentError, server
from dev.cluster import connect
from dev.postgres import ensure_cluster
from dev.processes import recorded_process
from tests.dev.asking import ask


def test_two_starts_at_once_give_one_server(state: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from dev.postgres import ensure_cluster\n"
        "with ensure_cluster(pathlib.Path(sys.argv[1])) as cluster:\n"
        "    print((cluster.share.server.data / 'postmaster.pid').read_text().split()[0])\n"
        "    sys.stdout.flush(); sys.stdin.read()\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(state)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    servers = set()
    for process in started:
        assert process.stdout
        servers.add(process.stdout.readline())
    for process in started:
        process.communicate()
        assert process.returncode == 0
    assert len(servers) == 1
    assert not server.private_server(state).is_running()


def test_it_comes_back_after_the_server_was_killed(state: Path) -> None:
    killed = ensure_cluster(state)
    assert killed.share
    with connect(killed.admin):  # a child of the server that outlives it for a moment
        process = recorded_process(killed.share.server.data)
        assert process
        os.kill(process, signal.SIGKILL)
        with ensure_cluster(state) as cluster:
            assert ask(cluster, "SELECT 1") == 1
    killed.stop()


def test_it_comes_back_when_the_recorded_process_is_another_one(state: Path) -> None:
    cluster = ensure_cluster(state)
    assert cluster.share
    record = cluster.share.server.data / "postmaster.pid"
    text = record.read_text()
    cluster.stop()
    record.write_text(f"{os.getppid()}\n{text.partition(chr(10))[2]}")
    with ensure_cluster(state) as again:
        assert ask(again, "SELECT 1") == 1


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="zombies are told by /proc")
def test_it_comes_back_when_the_recorded_process_is_a_zombie(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        assert cluster.share
        record = cluster.share.server.data / "postmaster.pid"
        text = record.read_text()
    zombie = subprocess.Popen(["/bin/true"])
    while " Z " not in Path(f"/proc/{zombie.pid}/stat").read_text():
        time.sleep(0.01)
    record.write_text(f"{zombie.pid}\n{text.partition(chr(10))[2]}")
    with ensure_cluster(state) as again:
        assert ask(again, "SELECT 1") == 1
    zombie.wait()


def test_a_user_that_is_killed_leaves_no_trace_for_the_next(state: Path) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from dev.postgres import ensure_cluster\n"
        "ensure_cluster(pathlib.Path(sys.argv[1]))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    died = subprocess.run([sys.executable, "-c", code, str(state)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert server.private_server(state).is_running()
    ensure_cluster(state).stop()
    assert not server.private_server(state).is_running()


def test_data_of_a_version_that_is_gone_is_not_touched(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        assert cluster.share
    version = cluster.share.server.data / "PG_VERSION"
    real = version.read_text()
    version.write_text("9\n")
    with pytest.raises(DevelopmentError, match="made by PostgreSQL 9"):
        ensure_cluster(state)
    version.write_text(real)
    with ensure_cluster(state) as again:
        assert ask(again, "SELECT 1") == 1
