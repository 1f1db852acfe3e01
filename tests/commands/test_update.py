"""`scaffold update`: copier's merge, and what is yours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from scaffold import engine, merging
from scaffold.commands import answers, update
from scaffold.errors import ConflictError, InputError, TemplateError
from scaffold.source import Source
from tests.commands.world import commit, plain_copier, run_git, tree

Make = Callable[..., Path]


@pytest.fixture
def shop(make: Make, own_template: Source) -> Path:
    """A project of a template that the test may change."""
    return make(source=own_template)


def edit(path: Path, old: str, new: str) -> None:
    """Replace text in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def release(template: Source, name: str, old: str, new: str, tag: str) -> None:
    """A new version of the template in which one file says something else."""
    edit(Path(template.url) / "templates" / "project" / name, old, new)
    commit(Path(template.url))
    run_git("tag", tag, at=Path(template.url))


def add_record(project: Path, name: str) -> None:
    """One more record in the wanted blueprint."""
    more = f"  {name}:\n    fields: {{name: text}}\n    may: {{staff: [add, see]}}\n"
    path = project / "blueprint.yml"
    path.write_text(path.read_text() + more)
    commit(project)


def remove_shelf(project: Path) -> None:
    """The wanted blueprint without the record Shelf."""
    path = project / "blueprint.yml"
    text = path.read_text()
    path.write_text(text[: text.index("  Shelf:")] + "retired: [Shelf]\n")
    commit(project)


def test_the_same_version_and_blueprint_change_nothing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update.run(shop) == 0
    assert run_git("status", "--porcelain", at=shop) == ""
    assert "Nothing changed" in capsys.readouterr().err


def test_a_new_record_arrives(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_record(shop, "Till")
    assert update.run(shop, migration=False) == 0
    assert "src/app/domains/tills/models.py" in tree(shop)
    assert "make migration" in capsys.readouterr().err


def test_the_first_migration_is_frozen(shop: Path) -> None:
    before = tree(shop)["migrations/versions/0001_initial.py"]
    add_record(shop, "Till")
    update.run(shop)
    assert tree(shop)["migrations/versions/0001_initial.py"] == before


def test_a_new_template_version_meets_an_edit(shop: Path, own_template: Source) -> None:
    edit(shop / "README.md", "Five.", "Five, as we say.")
    commit(shop)
    release(own_template, "README.md.jinja", "One.", "One and only.", "v1.1.0")
    assert update.run(shop) == 0
    text = (shop / "README.md").read_text()
    assert "One and only." in text
    assert "Five, as we say." in text
    assert "_commit: v1.1.0" in (shop / ".copier-answers.yml").read_text()


def test_a_conflict_is_told_with_its_file(
    shop: Path, own_template: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(shop / "README.md", "One.", "Mine.")
    commit(shop)
    release(own_template, "README.md.jinja", "One.", "Theirs.", "v1.1.0")
    with pytest.raises(ConflictError, match=r"README\.md") as left:
        update.run(shop, json=True)
    assert left.value.exit_code == 5
    assert json.loads(capsys.readouterr().out)["conflicts"] == ["README.md"]
    assert "<<<<<<< before updating" in (shop / "README.md").read_text()


def test_a_chosen_version_is_taken(shop: Path, own_template: Source) -> None:
    release(own_template, "README.md.jinja", "One.", "First.", "v1.1.0")
    release(own_template, "README.md.jinja", "First.", "Second.", "v1.2.0")
    update.run(shop, ref="v1.1.0")
    assert "First." in (shop / "README.md").read_text()


def test_what_is_yours_is_never_overwritten(shop: Path, own_template: Source) -> None:
    (shop / "src/app/domains/items/rules.py").write_text("MINE = 1\n")
    (shop / "CHANGELOG.md").write_text("# Ours\n")
    commit(shop)
    release(own_template, "CHANGELOG.md", "# Changelog", "# Theirs", "v1.1.0")
    update.run(shop)
    assert (shop / "src/app/domains/items/rules.py").read_text() == "MINE = 1\n"
    assert (shop / "CHANGELOG.md").read_text() == "# Ours\n"


def test_your_rules_outlive_their_record(shop: Path) -> None:
    (shop / "src/app/domains/shelves/rules.py").write_text("MINE = 1\n")
    remove_shelf(shop)
    update.run(shop)
    assert "src/app/domains/shelves/models.py" not in tree(shop)
    assert (shop / "src/app/domains/shelves/rules.py").read_text() == "MINE = 1\n"


def test_what_is_yours_and_you_deleted_stays_deleted(shop: Path) -> None:
    (shop / "src/app/domains/items/rules.py").unlink()
    add_record(shop, "Till")
    update.run(shop)
    files = tree(shop)
    assert "src/app/domains/items/rules.py" not in files
    assert "src/app/domains/tills/rules.py" in files


def test_it_merges_as_copier_update_does(
    shop: Path, own_template: Source, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(shop / "README.md", "Five.", "Five, as we say.")
    add_record(shop, "Till")
    release(own_template, "README.md.jinja", "One.", "One and only.", "v1.1.0")
    twin = tmp_path / "twin"
    shutil.copytree(shop, twin)
    capsys.readouterr()
    answers.run(shop)
    (tmp_path / "answers.yml").write_text(capsys.readouterr().out)
    options = ("--data-file", "../answers.yml", "--defaults", "-r", "HEAD")
    plain = plain_copier("update", *options, at=twin)
    assert plain.returncode == 0, plain.stderr
    assert update.run(shop) == 0
    assert tree(shop) == tree(twin)


def test_uncommitted_changes_are_refused(shop: Path) -> None:
    (shop / "stray.txt").write_text("x")
    with pytest.raises(InputError, match=r"\?\? stray\.txt"):
        update.run(shop)


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no \.copier-answers\.yml"):
        update.run(tmp_path)


def test_a_project_outside_git_is_refused(shop: Path) -> None:
    shutil.rmtree(shop / ".git")
    with pytest.raises(InputError, match="not in a git repository"):
        update.run(shop)


@pytest.mark.parametrize("text", ["just words\n", "a: [\n", "a: 1\n"])
def test_broken_answers_are_refused(shop: Path, text: str) -> None:
    (shop / ".copier-answers.yml").write_text(text)
    with pytest.raises(InputError, match=r"git checkout \.copier-answers\.yml"):
        update.run(shop)


def test_a_blueprint_with_faults_changes_nothing(shop: Path) -> None:
    edit(shop / "blueprint.yml", "name: text}  #", "name: txet}  #")
    commit(shop)
    with pytest.raises(InputError, match="did you mean text"):
        update.run(shop)
    assert run_git("status", "--porcelain", at=shop) == ""


@pytest.mark.parametrize("error", [RuntimeError("copier died"), KeyboardInterrupt()])
def test_everything_is_brought_back_when_copier_dies(
    shop: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    before = tree(shop)

    def dies(root: Path, *_: object) -> NoReturn:
        (root / "README.md").write_text("half")
        (root / "new.txt").write_text("half")
        (root / "README.md.rej").write_text("half")
        raise error

    (shop / ".git" / "info" / "exclude").write_text("*.rej\nkept\n")
    (shop / "kept").write_text("ignored, and mine")
    monkeypatch.setattr(engine, "update", dies)
    with pytest.raises(type(error)):
        update.run(shop)
    assert tree(shop) == before | {"kept": b"ignored, and mine"}


def test_a_version_that_was_never_committed_is_told_in_words(
    make: Make, own_template: Source
) -> None:
    (Path(own_template.url) / "templates" / "project" / "more.txt").write_text("not committed")
    shop = make(source=own_template)
    with pytest.raises(TemplateError, match="never committed"):
        update.run(shop)


def test_a_template_without_history_is_told_in_words(make: Make, own_template: Source) -> None:
    shutil.rmtree(Path(own_template.url) / ".git")
    shop = make(source=Source(own_template.url))
    with pytest.raises(TemplateError, match="without history"):
        update.run(shop)


def test_a_development_version_is_told(
    shop: Path, make: Make, own_template: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    update.run(shop)
    assert "development version" not in capsys.readouterr().err
    (Path(own_template.url) / "past-the-tag").write_text("x")
    commit(Path(own_template.url))
    later = make("later", source=own_template)
    update.run(later)
    assert "development version (v1.0.0-1-g" in capsys.readouterr().err


def test_rejected_hunks_count_as_conflicts(shop: Path) -> None:
    (shop / ".gitignore").write_text("*.rej\n")
    commit(shop)
    (shop / "README.md.rej").write_text("x")
    assert merging.find_conflicts(shop) == ["README.md.rej"]


def test_a_changed_pyproject_refreshes_the_lock(
    shop: Path, own_template: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[Path] = []
    monkeypatch.setattr(update, "make_lock", locked.append)
    page = Path(own_template.url) / "templates" / "project" / "pyproject.toml"
    page.write_text("[project]\n")
    commit(Path(own_template.url))
    update.run(shop)
    assert locked == [shop]
