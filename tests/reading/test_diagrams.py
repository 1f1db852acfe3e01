"""Diagrams are valid Mermaid, whatever records, fields and stages are called."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.blueprint import load
from scaffold.blueprint.diagrams import (
    diagrams_as_markdown,
    records_diagram,
    text_for_mermaid,
    workflow_diagram,
)
from scaffold.blueprint.models import Field, Move, Record, Workflow
from tests.reading.orchard import ORCHARD
from tests.reading.small_blueprints import shop

WHOLE = load(ORCHARD)
WORDS_OF_MERMAID = ["end", "note", "state", "class", "style", "title", "default", "one", "pk", "uk"]
ER_LINE = re.compile(
    r'erDiagram|    record_\w+\["[\w ]+"\]( \{)?|    \}'
    r'|        [a-z_]+ \w+( UK)?( "[\w, ]+")?'
    r'|    record_\w+ (\|\||\|o|\}o)(--|\.\.)(\|\||o\||o\{) record_\w+ : "[^"]+"'
)
STATE_LINE = re.compile(
    r'stateDiagram-v2|    direction LR|    state "[^"]+" as stage_\w+'
    r"|    (stage_\w+|\[\*\]) --> (stage_\w+|\[\*\])(: [^\n:]+)?"
)


def test_relations_show_how_many_belong_to_how_many() -> None:
    diagram = records_diagram(WHOLE)
    assert '    record_Order }o--|| record_Farm : "farm"\n' in diagram
    assert '    record_Order }o..o| record_User : "picker"\n' in diagram
    assert '    record_Order }o..o{ record_Variety : "varieties"\n' in diagram
    assert '    record_Order ||--o{ record_Box : "boxes"\n' in diagram


def test_one_to_one_is_said_of_a_unique_relation() -> None:
    bill = "Bill:\n  fields: {order: {is: Order, unique: true}}\n  may: {boss: [add, see]}\n"
    order = "Order:\n  fields: {name: text}\n  may: {boss: [add, see]}\n"
    assert "record_Bill |o--|| record_Order" in records_diagram(shop(bill, order))


def test_stages_start_end_and_are_named() -> None:
    diagram = workflow_diagram(WHOLE.records["Order"])
    assert "    [*] --> stage_draft\n" in diagram
    assert "    stage_gone --> [*]\n" in diagram
    assert '    state "Packed (locked)" as stage_packed\n' in diagram
    assert "    stage_agreed --> stage_gone: Forget (by the clock)\n" in diagram


def test_a_record_without_stages_has_no_diagram_of_them() -> None:
    assert workflow_diagram(WHOLE.records["Box"]) == ""


def test_markdown_holds_every_diagram_in_a_fence() -> None:
    text = diagrams_as_markdown(WHOLE)
    assert text.count("```mermaid\n") == 1 + sum(
        record.workflow is not None for record in WHOLE.records.values()
    )
    assert "## The stages of orders" in text
    assert text.count("```") == 2 * text.count("```mermaid")


@pytest.mark.parametrize("word", WORDS_OF_MERMAID)
def test_words_of_mermaid_are_only_names(word: str) -> None:
    diagram = workflow_diagram(_named(word))
    assert all(STATE_LINE.fullmatch(line) for line in diagram.splitlines()), diagram
    assert f"--> {word}" not in diagram
    assert f"as {word}" not in diagram


@pytest.mark.parametrize("word", ["pk", "fk", "uk"])
def test_a_field_is_never_taken_for_a_mark_of_a_key(word: str) -> None:
    thing = f"Thing:\n  fields: {{{word}: text}}\n  may: {{boss: [add, see]}}\n"
    assert f"        text {word}_\n" in records_diagram(shop(thing))


def test_a_name_never_turns_the_whole_diagram() -> None:
    thing = "DirectionLR:\n  fields: {x: text, direction_tb: optional User}\n  may: {boss: [add]}\n"
    diagram = records_diagram(shop(thing))
    assert not re.search(r"direction\s+(TB|BT|LR|RL)", diagram, re.IGNORECASE)


@given(st.from_regex(r"[a-z][a-z0-9]{0,12}(_[a-z0-9]{1,8}){0,2}", fullmatch=True))
def test_every_line_about_stages_has_a_known_form(name: str) -> None:
    lines = workflow_diagram(_named(name)).splitlines()
    assert all(STATE_LINE.fullmatch(line) for line in lines)


def test_every_line_about_records_has_a_known_form() -> None:
    lines = records_diagram(WHOLE).splitlines()
    assert [line for line in lines if not ER_LINE.fullmatch(line)] == []


@given(st.text())
def test_text_holds_nothing_that_mermaid_reads_as_syntax(text: str) -> None:
    escaped = text_for_mermaid(text)
    assert not set(escaped) & set('":<>{}%`\\~\n\r\v')
    left = re.sub(r"#\w+;", "", escaped)
    assert not set(left) & set("#;")


def _named(word: str) -> Record:
    """A record whose stages and moves all have this name in them."""
    moves = {
        word: Move(word, (word,), f"{word}_after", by=("boss",)),
        f"{word}_back": Move(f"{word}_back", (f"{word}_after",), word, once_past="due"),
    }
    workflow = Workflow((word, f"{word}_after"), (f"{word}_after",), moves)
    return Record("Thing", "name", fields={"name": Field("name", "text")}, workflow=workflow)
