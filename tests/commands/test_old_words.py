"""What an update says about lines of people's own with names that a record had before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.commands import update
from tests.commands.world import commit

RULES = "src/app/domains/items/rules.py"
BEFORE = """\
    fields: {name: text}  # more to come
    may: {staff: [add, see, change]}
"""
FIELDS = """\
    fields:
      name: text
      colour: optional text
      size: {is: [small, large], default: small}
      shelf: optional Shelf
"""
STAGES = """\
    workflow:
      stages: [new, sold]
      moves: {sell: {from: new, to: sold, by: [staff]}}
"""
NAMED = {
    "colour: optional text": "paint: {is: optional text, was: colour}",
    "size: {is: [small, large]": "size: {is: [small, huge], renamed: {large: huge}",
    "shelf: optional Shelf": "place: {is: optional Shelf, was: shelf}",
    "stages: [new, sold]": "stages: [new, gone]\n      renamed: {sold: gone}",
    "moves: {sell: {from: new, to: sold,": "moves: {hand_over: {from: new, to: gone,",
}
THEIRS = '''\
"""Ours."""
LARGE = ("colour", "large")
IF = "row.size == 'large' and row.shelf_id and row.name"
STAGE = "sold"
CALL = f"/items/{1}/sell"
NOT = "colourful, enlarged; a large one is sold"
'''


@pytest.fixture
def shop(make: Callable[..., Path]) -> Path:
    """A project with items that have choices and stages."""
    project = make()
    change(project, {BEFORE: f"{FIELDS}{STAGES}    may: {{staff: [add, see, change]}}\n"})
    update.run(project, migration=False)
    commit(project, "items have more")
    (project / RULES).write_text(THEIRS)
    (project / "src/app/of_items.py").write_text('PATH = "/items"\nTOLD = "large"\n')
    (project / "src/app/of_others.py").write_text('TOLD = "large"\n')
    commit(project, "ours")
    return project


def change(project: Path, edits: dict[str, str]) -> None:
    """Write other words in the blueprint."""
    path = project / "blueprint.yml"
    text = path.read_text()
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    commit(project)


def test_each_line_is_told_with_the_names_of_today(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(shop, NAMED)
    capsys.readouterr()
    assert update.run(shop, migration=False, json=True) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["old_words"] == [
        f"{RULES}:2: colour (now paint), large (now huge)",
        f"{RULES}:3: shelf_id (now place_id), large (now huge)",
        f"{RULES}:4: sold (now gone)",
        f"{RULES}:5: sell (gone)",
        "src/app/of_items.py:2: large (now huge)",
    ]
    assert f"  - {RULES}:4: sold (now gone)" in said.err
    assert (shop / RULES).read_text() == THEIRS


def test_nothing_is_told_where_no_name_goes(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, {"colour: optional text": "colour: {is: optional text, max: 150}"})
    capsys.readouterr()
    assert update.run(shop, migration=False, json=True) == 0
    assert json.loads(capsys.readouterr().out)["old_words"] == []
