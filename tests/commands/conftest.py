"""Fixtures of the commands' tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.commands import new
from scaffold.source import Source
from tests.commands.world import BLUEPRINT, make_template


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git as on a machine of somebody with a name, whatever this machine says."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.com")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The small template; not to be changed."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def own_template(tmp_path: Path) -> Source:
    """A small template that the test may change."""
    return make_template(tmp_path / "template")


@pytest.fixture
def blueprint(tmp_path: Path) -> Path:
    """A blueprint that leaves nothing open."""
    path = tmp_path / "shop.yml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    return path


@pytest.fixture
def make(template: Source, blueprint: Path, tmp_path: Path) -> Callable[..., Path]:
    """Make a project without a lock; returns its folder."""

    def made(name: str = "shop", source: Source = template, **options: object) -> Path:
        assert new.run(tmp_path / name, blueprint, lock=False, source=source, **options) == 0  # type: ignore[arg-type]
        return tmp_path / name

    return made
