"""What an update does about the migration, with a `make` that says what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.changing.change import Change, safe
from scaffold.commands import update
from scaffold.errors import ConflictError, InputError
from scaffold.migrating import name_of, needs_migration, prove_migration, write_migration
from tests.commands.world import commit

Make = Callable[..., Path]
MAKEFILE = """\
migration:
\t@echo "migration $(NAME)" >> asked.txt
\t@touch migrations/versions/abc_change.py
prove:
\t@echo "prove" >> asked.txt
\t@echo "17 rows went up, down and up again."
check:
\t@echo "check $(ARGS)" >> asked.txt
"""


@pytest.fixture
def shop(make: Make) -> Path:
    """A project whose Makefile notes what was asked, and a wanted field more."""
    project = make()
    (project / "migrations/gently.py").write_text("")
    (project / ".gitignore").write_text("asked.txt\n")
    (project / "Makefile").write_text(MAKEFILE)
    path = project / "blueprint.yml"
    text = path.read_text().replace("{name: text}  # more", "{name: text, size: optional text}  #")
    text += "  Till:\n    fields: {name: text}\n    may: {staff: [add, see]}\n"
    path.write_text(text)
    commit(project)
    return project


def asked(project: Path) -> list[str]:
    """What `make` was asked for, in order."""
    path = project / "asked.txt"
    return path.read_text().splitlines() if path.exists() else []


def replace(project: Path, target: str, command: str) -> None:
    """Another command of a target."""
    path = project / "Makefile"
    path.write_text(path.read_text().replace(f"{target}:\n", f"{target}:\n\t{command}\n", 1))
    commit(project)


def test_an_update_writes_the_migration_and_tries_it(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update.run(shop) == 0
    assert asked(shop) == [
        "migration field added Item size and 1 more",
        "prove",
        "check migrations migration-sql",
    ]
    told = capsys.readouterr().err
    assert "The migration is migrations/versions/abc_change.py. 17 rows went up" in told
    assert "make migration" not in told


def test_it_can_be_left_to_people(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert update.run(shop, migration=False) == 0
    assert asked(shop) == []
    told = capsys.readouterr().err
    assert "make migration NAME='field added Item size and 1 more'" in told
    assert "make prove" in told


def test_where_it_cannot_be_written_the_merge_stays(shop: Path) -> None:
    replace(shop, "migration", "@echo 'there is no uv' >&2; exit 1")
    with pytest.raises(ConflictError, match="there is no uv") as left:
        update.run(shop)
    assert left.value.exit_code == 5
    assert "make migration NAME='field added Item size and 1 more'" in str(left.value.hint)
    assert (shop / "src/app/domains/tills/models.py").is_file()


def test_one_that_does_not_hold_is_said(shop: Path) -> None:
    replace(shop, "prove", "@echo 'Rows are lost after the migration: items: 4 → 0.'; exit 1")
    with pytest.raises(ConflictError, match=r"does not hold:\n.*items: 4 → 0") as left:
        update.run(shop)
    assert "migrations/versions" in str(left.value.hint)


def test_nothing_is_tried_where_nothing_was_written(shop: Path) -> None:
    replace(shop, "migration", "@exit 0")
    (shop / "migrations/versions/abc_change.py").touch()
    commit(shop)
    assert update.run(shop) == 0
    assert "prove" not in asked(shop)


def test_only_models_ask_for_a_migration(shop: Path) -> None:
    assert needs_migration(shop, ["README.md", "src/app/domains/items/models.py"])
    assert not needs_migration(shop, ["README.md", "src/app/domains/items/router.py"])
    (shop / "migrations/gently.py").unlink()
    assert not needs_migration(shop, ["src/app/domains/items/models.py"])


def test_a_migration_is_named_after_the_first_change_of_rows() -> None:
    field = safe("field-added", "records.Item.fields.size", "…")
    assert name_of([safe("setting-changed", "app", "…"), field]) == "field added Item size"
    assert name_of([field, field, field]) == "field added Item size and 2 more"
    assert name_of([]) == "the models of a new version"
    quoted = Change("check-added", "records.Item.checks.It's; `rm`", "safe", "…")
    assert name_of([quoted]) == "check added Item checks Its rm"


def test_without_make_it_is_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match="make is not installed"):
        write_migration(shop, "x")
    with pytest.raises(InputError, match="make is not installed"):
        prove_migration(shop)
