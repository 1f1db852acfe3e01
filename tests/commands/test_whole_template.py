"""The template as it is: every example renders, and plain copier renders the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scaffold.commands import answers, new, update
from scaffold.source import Source
from tests.commands.world import ROOT, plain_copier, run_git, tree
from tests.generated.making import make_whole_template

EXAMPLES = ("quotes", "field_service", "clinic_intake")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """All of the template, in a repository of its own."""
    return make_whole_template(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_new_and_copier_copy_render_the_same_bytes(
    whole: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file = ROOT / "examples" / f"{name}.yml"
    new.run(tmp_path / "ours", file, defaults=True, git=False, lock=False, source=whole)
    capsys.readouterr()
    answers.run(file)
    (tmp_path / "answers.yml").write_text(capsys.readouterr().out, encoding="utf-8")
    options = ("--data-file", "answers.yml", "--defaults", "-r", "HEAD")
    plain = plain_copier("copy", *options, whole.url, "plain", at=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert tree(tmp_path / "ours") == tree(tmp_path / "plain")


def test_an_update_at_the_same_version_is_an_empty_diff(whole: Source, tmp_path: Path) -> None:
    file = ROOT / "examples" / "quotes.yml"
    new.run(tmp_path / "ours", file, defaults=True, lock=False, source=whole)
    assert update.run(tmp_path / "ours") == 0
    assert run_git("status", "--porcelain", at=tmp_path / "ours") == ""


def test_plain_copier_asks_nothing_with_defaults_and_gives_a_project(
    whole: Source, tmp_path: Path
) -> None:
    plain = plain_copier("copy", "--defaults", "-r", "HEAD", whole.url, "my-shop", at=tmp_path)
    assert plain.returncode == 0, plain.stderr
    page = tomllib.loads((tmp_path / "my-shop" / "pyproject.toml").read_text())
    assert page["project"]["name"] == "my-shop"
    assert (tmp_path / "my-shop" / "src/app/domains/customers/models.py").is_file()
