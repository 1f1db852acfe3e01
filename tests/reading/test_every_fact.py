"""Nothing that a blueprint says is left out of its reading."""

from __future__ import annotations

import pytest

from scaffold.blueprint import load
from scaffold.blueprint.reading import read_back
from tests.reading.mutations import mutations
from tests.reading.orchard import ORCHARD

WHOLE = load(ORCHARD)
CHANGED = list(mutations(WHOLE))
SAID = tuple(item.text for item in read_back(WHOLE).sentences)
FEWEST_FACTS = 600


def said(blueprint: object) -> tuple[str, ...]:
    return tuple(item.text for item in read_back(blueprint).sentences)  # type: ignore[arg-type]


def test_enough_facts_are_changed_to_prove_something() -> None:
    assert len(CHANGED) >= FEWEST_FACTS


@pytest.mark.parametrize(
    ("path", "changed"), CHANGED, ids=[f"{place}-{path}" for place, (path, _) in enumerate(CHANGED)]
)
def test_a_changed_fact_changes_the_reading(path: str, changed: object) -> None:
    assert said(changed) != SAID, path


def test_the_reading_of_one_blueprint_is_always_the_same() -> None:
    assert said(load(ORCHARD)) == SAID
