"""What an update does about lines that say what a renamed record was called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.commands import update
from scaffold.errors import ConflictError
from scaffold.source import Source
from tests.commands.world import RECORD, commit

RULES = "src/app/domains/shelves/rules.py"
THEIRS = "src/app/stocktaking.py"
SAYING = '"""Rules of a {{ record.class }}."""\n'


@pytest.fixture
def shop(make: Callable[..., Path], own_template: Source) -> Path:
    """A project whose rules say what their record is called, with a shelf that is a rack now."""
    template = Path(own_template.url)
    rules = template / "templates/project" / RECORD / "rules.py"
    rules.with_name("rules.py.jinja").write_text(SAYING, encoding="utf-8")
    rules.unlink()
    word = rules.parents[2] / "words.py"
    word.write_text("# A Shelf may be a word of the template's own.\n", encoding="utf-8")
    commit(template)
    project = make(source=own_template)
    path = project / "blueprint.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  Shelf:\n", "  Rack:\n    was: Shelf\n"), encoding="utf-8")
    commit(project)
    return project


def write(project: Path, path: str, text: str) -> None:
    """A file of people's own."""
    (project / path).write_text(text, encoding="utf-8")
    commit(project)


def test_rules_in_which_nobody_wrote_follow(shop: Path) -> None:
    assert "Rules of a Shelf." in (shop / RULES).read_text(encoding="utf-8")
    assert update.run(shop, migration=False) == 0
    assert (shop / RULES).read_text(encoding="utf-8") == '"""Rules of a Rack."""\n'


def test_files_in_which_somebody_says_the_old_name_are_named(shop: Path) -> None:
    ours = '"""Ours, of a Shelf."""\n'
    write(shop, RULES, ours)
    write(shop, "src/app/elsewhere.py", "BackShelf = Shelfish = Shelf_ = 1\n")
    write(shop, THEIRS, "from app.domains.shelves.models import ShelfRows\n")
    with pytest.raises(ConflictError, match="say what a record was called") as left:
        update.run(shop)
    assert left.value.message.splitlines()[1:] == [f"  {RULES}", f"  {THEIRS}"]
    assert "make migration NAME=" in str(left.value.hint)
    assert (shop / RULES).read_text(encoding="utf-8") == ours
