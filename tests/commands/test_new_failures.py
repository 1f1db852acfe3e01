"""A failure half-way leaves nothing behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from scaffold import generating
from scaffold.commands import new
from scaffold.errors import InputError, TemplateError
from scaffold.source import Source
from tests.commands.world import commit

Make = Callable[..., Path]


def left_behind(folder: Path) -> list[str]:
    """What stands in the folder, hidden things too, apart from what the test put there."""
    return sorted(set(os.listdir(folder)) - {"shop.yml", "template"})


def test_a_template_that_does_not_render_leaves_nothing(
    own_template: Source, make: Make, tmp_path: Path
) -> None:
    broken = Path(own_template.url) / "templates" / "project" / "broken.txt.jinja"
    broken.write_text("one\n{{ nobody_knows_this }}\n")
    commit(Path(own_template.url))
    with pytest.raises(TemplateError, match=r"templates/project/broken\.txt\.jinja:2"):
        make(source=own_template)
    assert left_behind(tmp_path) == []


def test_a_template_that_is_no_jinja_leaves_nothing(
    own_template: Source, make: Make, tmp_path: Path
) -> None:
    (Path(own_template.url) / "templates" / "project" / "broken.txt.jinja").write_text("{% if %}")
    commit(Path(own_template.url))
    with pytest.raises(TemplateError, match="did not render"):
        make(source=own_template)
    assert left_behind(tmp_path) == []


def test_an_unknown_version_of_the_template_leaves_nothing(
    own_template: Source, make: Make, tmp_path: Path
) -> None:
    with pytest.raises(TemplateError, match=r"v9\.9\.9"):
        make(source=Source(own_template.url, "v9.9.9"))
    assert left_behind(tmp_path) == []


def test_an_answer_that_the_template_does_not_take_leaves_nothing(
    own_template: Source, make: Make, tmp_path: Path
) -> None:
    question = Path(own_template.url) / "templates" / "questions" / "delivery.yml"
    question.write_text(question.read_text().replace(": compose", ": elsewhere"))
    commit(Path(own_template.url))
    with pytest.raises(TemplateError, match="run_on"):
        make(source=own_template)
    assert left_behind(tmp_path) == []


def test_a_lock_that_cannot_be_made_leaves_nothing(
    own_template: Source, blueprint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.11"\n'
    project = Path(own_template.url) / "templates" / "project" / "pyproject.toml"
    project.write_text(f'{page}dependencies = ["no-such-package-at-all"]\n')
    commit(Path(own_template.url))
    monkeypatch.setenv("UV_OFFLINE", "1")
    with pytest.raises(InputError, match="no-such-package-at-all") as refused:
        new.run(tmp_path / "shop", blueprint, source=own_template)
    assert "--no-lock" in str(refused.value.hint)
    assert left_behind(tmp_path) == []


def test_the_lock_is_made_and_committed(
    own_template: Source, blueprint: Path, tmp_path: Path
) -> None:
    page = '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.11"\n'
    (Path(own_template.url) / "templates" / "project" / "pyproject.toml").write_text(page)
    commit(Path(own_template.url))
    new.run(tmp_path / "shop", blueprint, git=False, source=own_template)
    assert 'name = "p"' in (tmp_path / "shop" / "uv.lock").read_text()


@pytest.mark.parametrize("error", [OSError("disk is full"), KeyboardInterrupt()])
def test_whatever_breaks_the_last_step_leaves_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(generating, "first_commit", broken)
    with pytest.raises(type(error)):
        make("a/b/shop")
    assert left_behind(tmp_path) == []


def test_an_empty_folder_is_still_empty_after_a_failure(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[Path] = []

    def breaks_at_the_third(old: Path, target: Path) -> None:
        if len(renamed) == 2:
            renamed.append(target)
            raise OSError("no more")
        renamed.append(target)
        Path(old).rename(target)

    (tmp_path / "shop").mkdir()
    monkeypatch.setattr("os.rename", breaks_at_the_third)
    with pytest.raises(OSError, match="no more"):
        make()
    assert list((tmp_path / "shop").iterdir()) == []
    assert left_behind(tmp_path) == ["shop"]


def test_a_place_that_fills_up_meanwhile_is_left_alone(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_else(*_: object) -> bool:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "mine").write_text("mine")
        return True

    monkeypatch.setattr(generating, "first_commit", somebody_else)
    monkeypatch.setattr(generating, "git", lambda *_, **__: "abc")
    with pytest.raises(InputError, match="already holds files"):
        make()
    assert [p.name for p in (tmp_path / "shop").iterdir()] == ["mine"]
    assert left_behind(tmp_path) == ["shop"]


def test_a_folder_that_cannot_be_made_is_refused_in_words(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(InputError, match="cannot be made"):
        make("a/shop")
