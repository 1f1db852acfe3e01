"""Where the browser of the tests is found, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev.browser import NAMES, NoBrowserError, chromium


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def program(path: Path) -> Path:
    """Put a program there."""
    path.touch(0o755)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_of_the_machine_is_found(path: Path, name: str) -> None:
    there = program(path / name)
    assert chromium() == str(there)


def test_another_one_can_be_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path / "chromium")
    monkeypatch.setenv("CHROMIUM", str(program(path / "mine")))
    assert chromium() == str(path / "mine")


def test_without_a_browser_it_is_said_what_to_do(path: Path) -> None:
    with pytest.raises(NoBrowserError, match="`make browser` installs it"):
        chromium()


def test_a_browser_that_is_not_there_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium")
    monkeypatch.setenv("CHROMIUM", str(path / "mine"))
    with pytest.raises(NoBrowserError):
        chromium()
