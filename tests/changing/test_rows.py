"""Every kind of change on tables with rows: they are kept, or it is refused in words before."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.changing.conftest import World
from tests.changing.kinds import KEPT, REFUSED, STOPPED, Kept, Stopped, wanted

USUAL = ("everything at once", "a record retired", "a check that a row breaks", "a field gone")
"""The kinds that are tried in every run; the others take minutes."""

Rows = dict[str, list[dict[str, Any]]]


def some(cases: dict[str, Any]) -> list[Any]:
    """All cases, those that are not usual marked as long."""
    marks = {name: () if name in USUAL else (pytest.mark.full,) for name in cases}
    return [pytest.param(name, id=name, marks=marks[name]) for name in cases]


def column(rows: Rows, name: str) -> list[Any]:
    """What a column holds, row by row."""
    table, _, field = name.partition(".")
    return [row[field] for row in rows[table]]


def lost(before: Rows, after: Rows, but: tuple[str, ...] = ()) -> list[str]:
    """The columns that do not hold what they held."""
    tables = {name.partition(".")[0] for name in but if "." not in name}
    found = []
    for table, rows in before.items():
        names = rows[0] if rows and table not in tables else ()
        for name in names:
            where = f"{table}.{name}"
            kept = table in after and all(name in row for row in after[table])
            if where not in but and (not kept or column(before, where) != column(after, where)):
                found.append(where)
    return found


@pytest.mark.parametrize("name", some(KEPT))
def test_rows_are_kept(world: World, squawk: Callable[[Path], str], name: str) -> None:
    case: Kept = KEPT[name]
    project = world.project(name, wanted(case.edits))
    seen = world.drive(project, f"kept {name}", "rows", "write", "up")
    assert "refused" not in seen, seen["refused"]
    assert "stopped" not in seen, seen["stopped"]
    assert seen["drift"] == ""
    for where, values in case.after.items():
        assert column(seen["after"], where) == values
    before = {table: rows for table, rows in seen["first"].items() if table not in case.gone}
    for table, rows in before.items():
        assert len(seen["after"][table]) == len(rows), table
    assert lost(seen["first"], seen["back"], case.back) == []
    assert lost(seen["after"], seen["again"], case.back) == []
    assert squawk(project) == ""


@pytest.mark.parametrize("name", some(STOPPED))
def test_rows_that_a_new_rule_excludes_stop_it(world: World, name: str) -> None:
    """Here before it is written, and elsewhere before it changes anything."""
    case: Stopped = STOPPED[name]
    project = world.project(name, wanted(case.edits))
    refused = world.drive(project, f"refused {name}", "rows", "write")
    if refused["written"]:  # what a migration fills first is looked at when it has
        assert "refused" not in refused
    else:
        assert case.words in refused["refused"]
        written = world.drive(project, f"empty {name}", "template0", "seed_nothing", "write")
        assert written["written"]
    seen = world.drive(project, f"stopped {name}", "rows", "up")
    assert case.words in seen["stopped"]
    assert "Nothing was changed" in seen["stopped"]
    assert seen["after"] == seen["first"]


@pytest.mark.parametrize("name", some(REFUSED))
def test_what_would_lose_something_is_not_written(world: World, name: str) -> None:
    case: Stopped = REFUSED[name]
    project = world.project(f"lossy {name}", wanted(case.edits))
    seen = world.drive(project, f"lossy {name}", "rows", "write")
    assert "Nothing was written" in seen["refused"]
    assert case.words in seen["refused"]
    assert seen["written"] == 0


@pytest.mark.full
def test_what_the_command_line_says_is_retired_goes(world: World) -> None:
    project = world.project("said", wanted(REFUSED["a field gone"].edits))
    seen = world.drive(project, "said", "rows", "write:tools.colour", "up")
    assert "refused" not in seen
    assert [name for name in seen["after"]["tools"][0] if name == "colour"] == []


def test_history_keeps_nothing_plain_of_what_is_sealed(world: World) -> None:
    """Neither under its name of today, nor under the one that it had."""
    colour = "      colour: optional text\n"
    sealed = "{is: optional text, data: restricted, was: colour}"
    project = world.project("noted", wanted(((colour, f"      paint: {sealed}\n"),)))
    seen = world.drive(project, "noted", "rows", "write", "noted")
    assert ["colour", {"old": "red", "new": "green"}] in seen["noted_before"]
    plain = [value for key, value in seen["noted_before"] if key == "maker"]
    assert [value for key, value in seen["noted"] if key == "maker"] == plain != []
    assert {key for key, _ in seen["noted"]} & {"fits", "paint__now"} == {"fits"}
    kept = [value for key, value in seen["noted"] if key in {"colour", "paint"}]
    assert kept != []
    assert all(value == {"sealed": True} for value in kept)
    assert not {"red", "blue", "green"} & set(re.findall(r"\w+", str(seen["noted"])))


def test_the_history_of_a_renamed_field_goes_on_under_its_new_name(world: World) -> None:
    named = "      paint: {is: optional text, was: colour}\n"
    project = world.project("followed", wanted((("      colour: optional text\n", named),)))
    seen = world.drive(project, "followed", "rows", "write", "noted")
    before = sorted(str(value) for key, value in seen["noted_before"] if key == "colour")
    assert before != []
    assert sorted(str(value) for key, value in seen["noted"] if key == "paint") == before
    assert "colour" not in {key for key, _ in seen["noted"]}
