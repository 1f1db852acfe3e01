"""`scaffold plan`, and what stops `scaffold update` before it touches a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.commands import plan, update
from scaffold.errors import ConflictError, InputError
from tests.commands.world import commit, tree

Make = Callable[..., Path]
FIELDS = "    fields: {name: text}  # more to come\n"


@pytest.fixture
def shop(make: Make) -> Path:
    """A project as generated."""
    return make()


def want(project: Path, fields: str) -> None:
    """Another record Item in the wanted blueprint."""
    path = project / "blueprint.yml"
    text = path.read_text()
    assert FIELDS in text
    path.write_text(text.replace(FIELDS, f"    fields: {{{fields}}}\n"))
    commit(project)


def test_a_blueprint_that_was_applied_has_no_differences(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert plan.run(shop) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "what it said when it was applied" in told.err


def test_each_difference_has_a_verdict(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    want(shop, "name: text, size: optional text")
    capsys.readouterr()
    assert plan.run(shop) == 0
    told = capsys.readouterr()
    assert told.out == "  safe    There is a new field, Item.size; rows of today have none.\n"
    assert "Next: scaffold update" in told.err


def test_what_asks_or_breaks_says_what_to_write(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    want(shop, "name: integer, size: text")
    capsys.readouterr()
    assert plan.run(shop) == 5
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines() if line[2] != " "] == [
        "breaks",
        "asks",
    ]
    assert "`retired: [name]`" in told.out
    assert "2 have to be settled before `scaffold update` changes anything" in told.err


def test_a_machine_reads_the_same(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    want(shop, "name: text, size: text")
    capsys.readouterr()
    assert plan.run(shop, json=True) == 5
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["kind"] == "required-field-added"
    assert change["verdict"] == "asks"
    assert change["where"] == "records.Item.fields.size"
    assert "backfill" in change["hint"]


def test_an_update_stops_before_it_touches_a_file(shop: Path) -> None:
    want(shop, "label: text")
    before = tree(shop)
    with pytest.raises(ConflictError, match="Nothing was changed") as stopped:
        update.run(shop)
    assert stopped.value.exit_code == 5
    assert "`was: name`" in stopped.value.message
    assert "Item.label is new and required" in stopped.value.message
    assert tree(shop) == before


def test_a_word_in_the_blueprint_lets_the_update_go_on(shop: Path) -> None:
    want(shop, "label: {is: text, was: name}")
    assert update.run(shop) == 0
    assert plan.run(shop) == 0


def test_answers_without_the_applied_blueprint_are_refused(shop: Path) -> None:
    path = shop / ".copier-answers.yml"
    text = path.read_text()
    path.write_text(text.replace("\nblueprint:", "\nno_blueprint:"))
    with pytest.raises(InputError, match="does not hold the blueprint"):
        plan.run(shop)


def test_an_applied_blueprint_that_is_no_longer_legal_is_said(shop: Path) -> None:
    path = shop / ".copier-answers.yml"
    path.write_text(path.read_text().replace("staff: password", "staff: carrier_pigeon"))
    with pytest.raises(InputError, match=r"no longer legal(.|\n)*carrier_pigeon"):
        plan.run(shop)
