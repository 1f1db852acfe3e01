"""The gate fails for what it should, and for a checker that is not there."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from dev import DevelopmentError, check, generated, secrets_in_files


def refuse() -> None:
    raise DevelopmentError("no")


def accept() -> None:
    pass


def test_it_stops_at_the_first_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [check.Step("good", accept, ""), check.Step("bad", refuse, "mend it")]
    steps.append(check.Step("later", accept, ""))
    monkeypatch.setattr(check, "STEPS", tuple(steps))
    assert check.main([]) == 1
    told = capsys.readouterr().out
    assert "FAILED: mend it" in told
    assert "1 more not run" in told
    assert check.main(["--keep-going"]) == 1
    assert "not run" not in capsys.readouterr().out
    assert check.main(["good", "later"]) == 0


def test_a_step_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["tset"]) == 2
    assert "tests" in capsys.readouterr().err


def test_a_checker_that_is_missing_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert check._fails(check.Step("x", ("no-such-checker",), ""))
    assert "no-such-checker is not installed" in capfd.readouterr().out


def test_a_checker_that_fails_fails() -> None:
    assert check._fails(check.Step("x", ("python", "-c", "raise SystemExit(3)"), ""))
    assert not check._fails(check.Step("x", ("python", "-c", ""), ""))


def test_every_step_names_a_program_of_this_project() -> None:
    for step in check.STEPS:
        if not callable(step.does):
            assert Path(check._path(step.does[0])).exists()


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
    (tmp_path / generated.FILES[2]).unlink()
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
    secrets_in_files.check(tmp_path)
    key = "AKIA" + "Q7ZP4M2XN8T6R5WK"
    for name in ("new.py", "swagger.py"):
        (tmp_path / name).write_text(f"key = '{key}'\n", encoding="utf-8")
        with pytest.raises(DevelopmentError, match="allowlist"):
            secrets_in_files.check(tmp_path)
        (tmp_path / name).unlink()
    (tmp_path / "new.py").write_text(f"key = '{key}'\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("new.py\n", encoding="utf-8")
    secrets_in_files.check(tmp_path)


def test_a_folder_without_git_is_not_taken_for_clean(tmp_path: Path) -> None:
    with pytest.raises(DevelopmentError, match="git init"):
        secrets_in_files.check(tmp_path)
