"""Every random blueprint is one that the language allows, and they reach all of it."""

from __future__ import annotations

from hypothesis import given, settings

from scaffold.blueprint import load
from scaffold.blueprint.words import FIELD_TYPES
from scaffold.resolve import resolve
from tests.properties.blueprints import blueprints
from tests.properties.rendering import examples


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(blueprints(6))
def test_a_random_blueprint_is_legal_and_resolves_to_the_same_answers_twice(text: str) -> None:
    assert resolve(load(text, "random")) == resolve(load(text, "random"))


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
