"""Commands run with the development environment, and everything ends with `make run`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dev import DevelopmentError, env, run, server

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("APP_")]:
        monkeypatch.delenv(name)


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    state = tmp_path / ".dev"
    first = env.own_secrets(state)
    assert env.own_secrets(state) == first
    assert (state / "secrets.json").stat().st_mode & 0o077 == 0
    assert env.own_secrets(tmp_path / "other") != first


def test_unreadable_secrets_are_said(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{", encoding="utf-8")
    with pytest.raises(DevelopmentError, match="Delete it"):
        env.own_secrets(tmp_path)


def test_the_environment_names_two_roles(state: Path) -> None:
    with env.environment(state) as given:
        assert given["APP_ENVIRONMENT"] == "development"
        assert given["APP_DATABASE_URL"].startswith("postgresql+psycopg://app@/app?")
        assert given["APP_OWNER_DATABASE_URL"].startswith("postgresql+psycopg://owner@/app?")
    assert not server.private_server(state).is_running()


def test_given_addresses_win_and_start_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_DATABASE_URL", "postgresql+psycopg://a@/x")
    with pytest.raises(DevelopmentError, match="go together"), env.environment(tmp_path):
        pass
    monkeypatch.setenv("APP_OWNER_DATABASE_URL", "postgresql+psycopg://o@/x")
    with env.environment(tmp_path) as given:
        assert given["APP_DATABASE_URL"] == "postgresql+psycopg://a@/x"
    assert not (tmp_path / "postgres").exists()


def test_a_command_hands_back_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert env.run([sys.executable, "-c", "raise SystemExit(7)"], os.environ) == 7
    assert env.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"], os.environ) == 143
    assert env.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_taken_port_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert run._free_port() > port
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(DevelopmentError, match="number"):
        run._free_port()


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_until_it_is_ended_and_leaves_nothing(
    state: Path, ended_by: signal.Signals
) -> None:
    environment = os.environ | {"DEVELOPMENT_STATE": str(state), "PORT": "8765"}
    with subprocess.Popen(
        [sys.executable, "-m", "dev.run"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stdout
            told = next(line for line in running.stdout if "Running on" in line)
            assert "sign in" in running.stdout.readline().lower()
            address = told.split()[2]
            with urllib.request.urlopen(f"{address}/health/ready", timeout=10) as answer:  # noqa: S310
                assert answer.status == 200
        finally:
            running.send_signal(ended_by)
        running.communicate(timeout=20)
    assert running.returncode == 0
    assert not server.private_server(state).is_running()
    with socket.socket() as probe:
        port = int(address.rsplit(":", 1)[1])
        assert probe.connect_ex((run.HOST, port)) != 0
