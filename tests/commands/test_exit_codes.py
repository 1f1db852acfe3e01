"""Each exit code, as a shell sees it; no traceback gets out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner, Result

from scaffold import cli
from scaffold.commands import check, new
from scaffold.source import Source
from tests.commands.world import BLUEPRINT, ROOT, commit

QUOTES = str(ROOT / "examples" / "quotes.yml")


def typed(*words: str, stdin: str | None = None) -> Result:
    """What comes of typing this."""
    result = CliRunner().invoke(cli.app, list(words), input=stdin)
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("command", ["read", "check", "diagram", "answers"])
def test_0_when_all_is_fine(command: str) -> None:
    assert typed(command, QUOTES).exit_code == 0


def test_schema_is_json() -> None:
    assert json.loads(typed("schema").stdout)["type"] == "object"


@pytest.mark.parametrize("command", ["read", "check", "diagram"])
def test_json_is_json(command: str) -> None:
    assert json.loads(typed(command, QUOTES, "--json").stdout)


def test_read_prints_numbered_sentences() -> None:
    assert " 1. The system is called" in typed("read", QUOTES).stdout


def test_diagram_prints_mermaid() -> None:
    assert "```mermaid\nerDiagram" in typed("diagram", QUOTES).stdout


def test_a_fine_blueprint_says_so_on_stderr() -> None:
    result = typed("check", QUOTES)
    assert (result.stdout, result.stderr) == ("", f"{QUOTES} is fine.\n")


def test_a_projects_folder_stands_for_its_blueprint(tmp_path: Path) -> None:
    (tmp_path / "blueprint.yml").write_text(BLUEPRINT)
    assert typed("check", str(tmp_path)).exit_code == 0


def test_a_dash_stands_for_stdin() -> None:
    assert typed("check", "-", stdin=BLUEPRINT).exit_code == 0
    assert "stdin:1:1:" in typed("check", "-", stdin="nothing: 1").stdout


def test_1_for_a_blueprint_with_faults(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text(BLUEPRINT.replace("name: text", "name: txet"))
    result = typed("check", str(tmp_path / "b.yml"))
    assert result.exit_code == 1
    assert f"{tmp_path}/b.yml:" in result.stdout
    assert "hint: did you mean text?" in result.stdout
    assert result.stderr.strip() == "2 faults."


def test_1_for_faults_as_json(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("blueprint: 1\n")
    result = typed("check", str(tmp_path / "b.yml"), "--json")
    assert result.exit_code == 1
    assert {"code", "line", "column", "message"} <= set(json.loads(result.stdout)["faults"][0])


@pytest.mark.parametrize("command", ["read", "diagram", "answers"])
def test_1_where_a_blueprint_must_be_fine(command: str, tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("blueprint: 1\n")
    result = typed(command, str(tmp_path / "b.yml"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {tmp_path}/b.yml:1:1: ")


def test_1_for_a_file_that_is_not_there() -> None:
    result = typed("read", "nowhere.yml")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: There is no blueprint at nowhere.yml.\nhint: ")


def test_1_for_a_folder_without_a_blueprint(tmp_path: Path) -> None:
    assert typed("read", str(tmp_path)).exit_code == 1


def test_1_for_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "b.yml").open("wb") as file:
        file.truncate(30_000_000)
    assert "is larger than" in typed("read", str(tmp_path / "b.yml")).stderr


def test_1_for_a_disk_that_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device", "/somewhere")

    monkeypatch.setattr(check, "run", full)
    result = typed("check", QUOTES)
    assert result.exit_code == 1
    assert result.stderr == "error: /somewhere: No space left on device.\n"


@pytest.mark.parametrize(
    "words", [["nwe"], ["new"], ["new", "a", "--blueprnt", "x"], ["read", "a", "b"]]
)
def test_2_for_a_command_that_is_not_one(words: list[str]) -> None:
    assert typed(*words).exit_code == 2


def test_2_for_open_questions_without_a_terminal(tmp_path: Path) -> None:
    result = typed("new", str(tmp_path / "p"), "--blueprint", QUOTES)
    assert result.exit_code == 2
    assert "hint: pass --defaults" in result.stderr


def test_2_for_a_wrong_set() -> None:
    assert typed("answers", QUOTES, "--set", "apps=x").exit_code == 2


def test_3_for_a_fault_of_ours_with_a_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> NoReturn:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(check, "run", broken)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["scaffold", "check", "--set", "app=secret"])
    result = typed("check", QUOTES)
    assert result.exit_code == 3
    (report,) = tmp_path.iterdir()
    assert str(report) in result.stderr
    page = report.read_text()
    assert "ZeroDivisionError: ours" in page
    assert "scaffold check --set app=…" in page
    assert "secret" not in page


def test_4_when_the_template_refuses(
    own_template: Source, blueprint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path(own_template.url) / "templates" / "project" / "x.jinja").write_text("{{ nobody }}")
    commit(Path(own_template.url))
    monkeypatch.setattr(new, "find_source", lambda: own_template)
    result = typed("new", str(tmp_path / "p"), "--blueprint", str(blueprint), "--no-lock")
    assert result.exit_code == 4
    assert "error: templates/project/x.jinja:1 did not render" in result.stderr


def test_5_when_work_is_left(
    own_template: Source, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make(source=own_template)
    (shop / "README.md").write_text("Mine.\n")
    commit(shop)
    page = Path(own_template.url) / "templates" / "project" / "README.md.jinja"
    page.write_text("Theirs.\n")
    commit(Path(own_template.url))
    result = typed("update", str(shop))
    assert result.exit_code == 5
    assert "  README.md\nhint: settle them" in result.stderr


def test_130_when_somebody_interrupts(tmp_path: Path) -> None:
    # A test run in the background ignores SIGINT, and so would what it starts.
    command = "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler);"
    command += "runpy.run_module('scaffold', run_name='__main__')"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "check", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == "\nInterrupted.\n"


def test_a_reader_that_stops_early_is_no_error() -> None:
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "scaffold", "schema"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    os.close(write)
    os.close(read)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")
