"""Every random blueprint is one that the language allows, and they reach all of it."""

from __future__ import annotations

from hypothesis import given, settings

from scaffold.blueprint import load
from scaffold.blueprint.expressions.tree import (
    Arithmetic,
    FieldPath,
    My,
    NumberOf,
    OneOf,
    SumOf,
    Unless,
    walk,
)
from scaffold.blueprint.reading import read_back, reading_as_text
from scaffold.blueprint.words import FIELD_TYPES
from scaffold.resolve import resolve
from scaffold.resolve.not_built import not_built
from scaffold.resolve.offered import offered
from tests.properties.blueprints import blueprints
from tests.properties.rendering import examples


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(blueprints(6))
def test_a_random_blueprint_is_legal_and_resolves_to_the_same_answers_twice(text: str) -> None:
    assert resolve(load(text, "random")) == resolve(load(text, "random"))


def test_a_random_blueprint_is_read_back_and_says_what_is_not_built() -> None:
    for text in examples(40, most=6):
        blueprint = load(text, "random")
        assert reading_as_text(read_back(blueprint))
        said = "\n".join(["", *not_built(blueprint)])
        assert "\nseparate_by: " not in said
        for name, record in blueprint.records.items():
            moves = record.workflow.moves.values() if record.workflow else ()
            made_by = [m for m in moves if m.by or m.once_past]
            waiting = [m for m in made_by if m not in offered(record)]
            assert (f"\n{name}: making the moves " in said) is bool(waiting)


def test_random_expressions_reach_the_whole_grammar() -> None:
    blueprints_ = [load(text, "random") for text in examples(60)]
    records = [record for blueprint in blueprints_ for record in blueprint.records.values()]
    moves = [m for record in records if record.workflow for m in record.workflow.moves.values()]
    found = {
        "checks": [check.expression for record in records for check in record.checks],
        "calculated": [f.calculated for r in records for f in r.fields.values() if f.calculated],
        "if": [move.if_ for move in moves if move.if_],
    }
    assert [use for use, expressions in found.items() if len(expressions) < 20] == []
    nodes = [node for use in found.values() for one in use for node in walk(one.root)]
    for kind in (Arithmetic, My, NumberOf, OneOf, SumOf, Unless):
        assert any(isinstance(node, kind) for node in nodes), kind
    assert any(isinstance(node, FieldPath) and len(node.steps) > 1 for node in nodes)
    assert any(blueprint.separate_by for blueprint in blueprints_)


def test_random_blueprints_reach_the_whole_language() -> None:
    found = [load(text, "random") for text in examples(60)]
    records = [record for blueprint in found for record in blueprint.records.values()]
    fields = [field for record in records for field in record.fields.values()]
    assert {field.type for field in fields} == set(FIELD_TYPES)
    assert {len(blueprint.records) for blueprint in found} >= {2, 3, 4}
    assert max(len(blueprint.records) for blueprint in found) >= 40
    assert {True} == {
        any(field.sealed and field.find_exact for field in fields),
        any(field.many for field in fields),
        any(field.calculated for field in fields),
        any(record.part_of for record in records),
        any(record.number for record in records),
        any(record.workflow for record in records),
        any(grant.same for record in records for grant in record.grants),
        any("." in (record.owner or "") for record in records),
        any(record.key and record.unique for record in records),
    }
