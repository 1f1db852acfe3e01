"""An update of a whole project whose database has rows: it writes its migration and tries it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.commands import update
from scaffold.errors import ConflictError
from scaffold.source import Source
from tests.commands.world import commit, run_git
from tests.updates.working import in_development, make, working_in

VERSIONS = Path("migrations/versions")
COUNTED = """\
from app.platform.db import Base
from dev.proving import counted, versions
import json, os
print(json.dumps([versions(os.environ), counted(os.environ)], sort_keys=True))
"""
"""Says which migrations the development database is at, and how many rows its tables have."""
BY_HAND = """\
from alembic import op

from migrations.looking import refusing

revision = "by_hand"
down_revision = "0001_initial"
branch_labels = None
depends_on = None
EMPTY = "DELETE FROM estimate_items"
GUARD = refusing("estimate_items", "true", "rows are too many").statement


def upgrade() -> None:
    op.execute({what})


def downgrade() -> None:
    pass
"""
"""A migration as people write one, which does something to rows or looks at them."""


@pytest.fixture(scope="module")
def made(first: tuple[Source, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with a server of its own, in which `make` uses this environment."""
    folder = tmp_path_factory.mktemp("made")
    project = shutil.copytree(first[1], folder / "project")
    (project / "uv.lock").touch()
    commit(project, "a lock")
    run_git("tag", "lived", at=project)
    with working_in(project, folder / "state" / ".dev"):
        yield project


@pytest.fixture
def lived_in(made: Path) -> Path:
    """The same, as it was made."""
    run_git("reset", "-q", "--hard", "lived", at=made)
    run_git("clean", "-qfd", at=made)
    return made


def reworded(project: Path, old: str, new: str) -> None:
    """Say something else in the blueprint, and commit that."""
    path = project / "blueprint.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    commit(project, "another blueprint")


def state(project: Path) -> str:
    """What the development database is at, and holds."""
    return in_development(project, sys.executable, "-c", COUNTED)


def proved(project: Path, what: str) -> subprocess.CompletedProcess[str]:
    """What `make prove` says of a migration that somebody wrote."""
    path = project / VERSIONS / "by_hand.py"
    path.write_text(BY_HAND.format(what=what), encoding="utf-8")
    try:
        return make(project, "prove")
    finally:
        path.unlink()


@pytest.mark.full
def test_it_is_tried_on_rows_that_the_code_of_before_made(
    lived_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the real `make migration`, `make prove` and gate."""
    mobile = "mobile: {is: optional phone, data: personal}"
    phone = "phone: {is: optional phone, data: personal, was: mobile}"
    reworded(lived_in, mobile, f'{phone}\n      heard_of: {{is: text, backfill: "by letter"}}')
    assert update.run(lived_in, ref="v1.0.0") == 0
    told = capsys.readouterr().err
    assert "rows went up, down and up again." in told


def test_a_migration_that_loses_rows_does_not_hold(lived_in: Path) -> None:
    done = proved(lived_in, "EMPTY")
    assert done.returncode != 0
    lost = r"Rows are lost after the migration: estimate_items: [1-9]\d* → 0\."
    assert re.search(lost, done.stdout + done.stderr)


@pytest.mark.full
def test_one_that_stops_at_rows_is_tried_without_them(lived_in: Path) -> None:
    done = proved(lived_in, "GUARD")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Examples of before do not hold to a new rule, and it says so" in done.stdout
    assert "rows are too many. Nothing was changed" in done.stdout


@pytest.mark.full
def test_rows_that_break_a_new_rule_leave_everything_as_it_was(lived_in: Path) -> None:
    """Nothing is written beside the merge, and no table is touched."""
    in_development(lived_in, "alembic", "upgrade", "heads")
    in_development(lived_in, sys.executable, "-m", "dev.seed", "2")
    reworded(lived_in, "name: {is: text, max: 120,", "name: {is: text, max: 3,")
    before, written = state(lived_in), sorted((lived_in / VERSIONS).glob("*.py"))
    with pytest.raises(ConflictError, match="the migration is not written") as left:
        update.run(lived_in, ref="v1.0.0")
    rule = r'[1-9]\d* rows of clients break a new rule: char_length\("name"\) <= 3\. '
    assert re.search(f"{rule}Nothing was changed; mend them first", left.value.message)
    assert state(lived_in) == before
    assert sorted((lived_in / VERSIONS).glob("*.py")) == written
