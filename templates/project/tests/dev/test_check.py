"""The gate fails for what it should, and for a checker that is not there."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dev import PROJECT, DevelopmentError, check, exit_code, generated, running, secrets_in_files


def step(name: str, code: str = "", advice: str = "") -> check.Step:
    """A step that runs a line of Python."""
    return check.Step(name, ("python", "-c", code), advice)


GOOD, LATER = step("good", "print('all is well')"), step("later")
BAD = step("bad", "raise SystemExit(3)", "mend it")
HANGING = step("tests", "import time; print('begun', flush=True); time.sleep(600)")


@pytest.fixture(params=[1, 2, 8])
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps run at once; each test that asks for it runs with each number."""
    monkeypatch.setattr(check, "processors", lambda: request.param)
    return int(request.param)


@pytest.mark.usefixtures("at_once")
def test_it_stops_at_the_first_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "STEPS", (GOOD, BAD, LATER))
    assert check.main([]) == 1
    told = capsys.readouterr().out
    assert re.search(r"  bad +[0-9.]+ s  FAILED: mend it\n", told)
    assert "1 more not run" in told
    assert "== later" not in told
    assert check.main(["--keep-going"]) == 1
    assert "not run" not in capsys.readouterr().out
    assert check.main(["good", "later"]) == 0


@pytest.mark.usefixtures("at_once")
def test_what_steps_say_comes_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    slow = step("slow", "import time; time.sleep(0.2); print('slow as it is')")
    assert check.passed([slow, GOOD], keep_going=False) == 0
    told = capsys.readouterr().out
    assert "== slow\nslow as it is\n== good\nall is well\n\n" in told


def test_what_runs_beside_a_failure_is_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "processors", lambda: 2)
    began = time.monotonic()
    assert check.passed([BAD, HANGING], keep_going=False) == 1
    assert time.monotonic() - began < 60
    assert "begun" not in capsys.readouterr().out


def test_ctrl_c_ends_the_steps_that_run() -> None:
    # Tests that a shell runs in the background ignore SIGINT, and so would what they start.
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"from dev import check; exit(check.passed([check.{HANGING!r}], keep_going=True))"
    with subprocess.Popen(
        [sys.executable, "-c", f"{listen}; {code}"], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as gate:
        try:
            assert gate.stdout
            assert [gate.stdout.readline() for _ in range(2)] == ["== tests\n", "begun\n"]
            gate.send_signal(signal.SIGINT)
            gate.wait(timeout=60)
        finally:
            gate.kill()
    assert gate.returncode == 130


def test_a_program_that_does_not_want_to_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SECONDS_TO_END", 0.1)
    deaf = "import signal; signal.signal(2, signal.SIG_IGN); print('', flush=True); signal.pause()"
    program = running.Running.start([sys.executable, "-c", deaf])
    while not os.pread(program.printed.fileno(), 1, 0):
        time.sleep(0.01)
    program.end()
    assert program.process.returncode == -signal.SIGKILL


def test_a_step_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["tset"]) == 2
    assert "tests" in capsys.readouterr().err


def test_a_checker_that_is_missing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.passed([check.Step("x", ("no-such-checker",), "")], keep_going=False) == 1
    assert "no-such-checker is not installed" in capsys.readouterr().out


def test_every_step_names_a_program_of_this_project() -> None:
    assert [step.name for step in check.STEPS if not check.path_of(step).exists()] == []


def test_a_check_of_our_own_says_why_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> None:
        raise DevelopmentError("no, because")

    assert exit_code(refuse) == 1
    assert capsys.readouterr().out == "no, because\n"
    assert exit_code(lambda: None) == 0


def test_a_generated_file_that_was_changed_by_hand_is_named(tmp_path: Path) -> None:
    body = "\nROUTERS = ()\n"
    line = f"# Generated. digest: {hashlib.sha256(body.strip().encode()).hexdigest()}\n"
    for name in generated.FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + body, encoding="utf-8")
    generated.check(tmp_path)
    (tmp_path / generated.FILES[0]).write_text(f"{line}{body}# mine\n", encoding="utf-8")
    (tmp_path / generated.FILES[1]).write_text(body, encoding="utf-8")
    for name in generated.FILES[2:]:
        (tmp_path / name).unlink()
    with pytest.raises(DevelopmentError, match=", ".join(generated.FILES)):
        generated.check(tmp_path)


def test_what_is_left_of_a_record_that_is_gone_is_named(tmp_path: Path) -> None:
    rules = tmp_path / generated.DOMAINS / "jobs" / "rules.py"
    rules.parent.mkdir(parents=True)
    (rules.parents[1] / "__init__.py").touch()
    rules.touch()
    with pytest.raises(DevelopmentError, match=r"src/app/domains/jobs/rules\.py\. They are"):
        generated.check(tmp_path)
    (rules.parent / "__init__.py").touch()
    assert generated.left_over(tmp_path) == []


def test_a_secret_in_a_file_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "plain.py").write_text("name = 'Ana'\n", encoding="utf-8")
    key = "AKIA" + "Q7ZP4M2XN8T6R5WK"
    for name in ("new.py", "swagger.py"):
        (tmp_path / name).write_text(f"key = '{key}'\n", encoding="utf-8")
        with pytest.raises(DevelopmentError, match="allowlist"):
            secrets_in_files.check(tmp_path)
        (tmp_path / name).unlink()
    (tmp_path / "new.py").write_text(f"key = '{key}'\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("new.py\n", encoding="utf-8")
    secrets_in_files.check(tmp_path)


def test_names_of_roles_and_fields_are_no_secrets(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    registry = tmp_path / "src/app/registry.py"
    registry.parent.mkdir(parents=True)
    registry.write_text('ROLES = {"secretary": "Keeps the list"}\n', encoding="utf-8")
    secrets_in_files.check(tmp_path)
    registry.write_text(f"KEY = '{'AKIA' + 'Q7ZP4M2XN8T6R5WK'}'\n", encoding="utf-8")
    with pytest.raises(DevelopmentError, match="allowlist"):
        secrets_in_files.check(tmp_path)


def test_a_folder_without_git_is_not_taken_for_clean(tmp_path: Path) -> None:
    with pytest.raises(DevelopmentError, match="git init"):
        secrets_in_files.check(tmp_path)
