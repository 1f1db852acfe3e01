"""Places for private database servers, apart from the one of this project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.postgres import ensure_cluster
from dev.sharing import stop_now


@pytest.fixture(scope="session")
def shared_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data that most tests use in turn: making it takes a second."""
    state = tmp_path_factory.mktemp("shared") / ".dev"
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("DATABASE_URL", raising=False)
        ensure_cluster(state).stop()
    yield state
    stop_now(state, remove=True)


@pytest.fixture
def state(shared_state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shared data, with no server running before or after, and no port kept for one."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    shutil.rmtree(shared_state / "provider", ignore_errors=True)  # another project may have it now
    yield shared_state
    stop_now(shared_state)


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for the data of one test."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    state = tmp_path / ".dev"
    yield state
    stop_now(state, remove=True)
