"""Help is instant and has examples."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest

SLOW = ("copier", "pydantic", "ruamel", "yaml", "jinja2", "lark", "rich", "scaffold.blueprint")
COMMANDS = ("new", "read", "answers", "check", "schema", "diagram", "plan", "update")


def scaffold(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command, as somebody types it."""
    return subprocess.run(
        [sys.executable, "-m", "scaffold", *words],
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
    )


def test_help_imports_nothing_slow() -> None:
    program = (
        "import sys\nfrom scaffold.cli import main\nsys.argv = ['scaffold', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print([name for name in {SLOW} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert "scaffold new shop" in done.stdout


def test_without_a_command_it_shows_the_help() -> None:
    done = scaffold()
    assert done.returncode == 2
    assert "Commands:" in done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    done = scaffold(command, "--help")
    assert done.returncode == 0
    assert f"  scaffold {command}" in done.stdout.split("Example")[1]


def test_it_tells_its_version() -> None:
    assert scaffold("--version").stdout == f"scaffold {metadata.version('solidground')}\n"


def test_it_offers_completion() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scaffold", "--show-completion", "bash"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "--install-completion" in scaffold("--help").stdout
    assert "complete" in done.stdout + done.stderr
