"""A record keeps its folder, table and address, whatever it is called; and says what was."""

from __future__ import annotations

from typing import Any

from scaffold.blueprint import load
from scaffold.resolve import resolve
from tests.changing.blueprint import APPLIED

RENAMED = (
    APPLIED.replace("  Hire:", "  Rental:\n    was: Hire\n    plural: rented tools")
    .replace("part_of: Hire as", "part_of: Rental as")
    .replace("maker: {is: text,", "brand: {is: text, was: maker,")
    .replace("fits: many Tool", "goes_with: {is: many Tool, was: fits}")
)


def records(text: str, applied: dict[str, Any] | None = None) -> dict[str, Any]:
    """The resolved records by their class."""
    model = resolve(load(text), applied)["model"]
    return {record["class"]: record for record in model["records"]}


def test_a_renamed_record_keeps_its_id_and_changes_its_words() -> None:
    before = resolve(load(APPLIED))
    rental = records(RENAMED, before)["Rental"]
    assert (rental["id"], rental["route"], rental["path"]) == ("hires", "hires", "/hires")
    assert rental["labels"] == "rented tools"


def test_the_id_stays_through_the_next_update() -> None:
    once = resolve(load(RENAMED), resolve(load(APPLIED)))
    assert records(RENAMED, once)["Rental"]["id"] == "hires"
    again = RENAMED.replace("  Rental:\n    was: Hire\n", "  Loan:\n    was: Rental\n")
    again = again.replace("Rental as", "Loan as")
    assert records(again, once)["Loan"]["id"] == "hires"


def test_without_a_project_the_name_decides() -> None:
    assert records(RENAMED)["Rental"]["id"] == "rented_tools"


def test_the_models_say_what_was() -> None:
    found = records(RENAMED, resolve(load(APPLIED)))
    assert 'was="maker"' in found["Tool"]["code"]["models"]["columns"]
    assert '__was__ = "tools__fits"' in found["Tool"]["code"]["models"]["links"]
    assert 'was="hire_id"' in found["Note"]["code"]["models"]["columns"]


def test_what_is_retired_is_listed_where_migrations_look() -> None:
    gone = APPLIED.replace("      colour: optional text\n", "")
    gone = gone.replace("    checks:", "    retired: [colour]\n    checks:")
    assert '__retired__ = ("colour",)' in records(gone)["Tool"]["code"]["models"]["constraints"]
    without = APPLIED[: APPLIED.index("  Note:")] + "retired: [Note, Rental]\n"
    model = resolve(load(without), resolve(load(RENAMED), resolve(load(APPLIED))))["model"]
    assert model["retired"] == {"Note": "notes", "Rental": "hires"}
    assert model["retired_lines"] == 'RETIRED: tuple[str, ...] = ("notes", "hires")'
