"""The JSON Schema accepts what the language accepts, and refuses typical faults of shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from scaffold.blueprint import schema
from tests.language.small_blueprint import SMALL

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yml"))
VALIDATOR = Draft202012Validator(schema())


def _parsed(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    return _plain(yaml.load(text))


def _plain(value: Any) -> Any:
    """Dates as text, as editors' schemas see them."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else value.isoformat()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_the_schema(path: Path) -> None:
    errors = list(VALIDATOR.iter_errors(_parsed(path.read_text(encoding="utf-8"))))
    assert errors == []


def test_the_small_blueprint_fits_the_schema() -> None:
    assert VALIDATOR.is_valid(_parsed(SMALL))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("blueprint: 1", "blueprint: 2"),
        ("app: Small Shop\n", ""),
        ("app: Small Shop", "app: 5"),
        ("staff: google", "staff: gogle"),
        ("currency: USD", "currency: dollars"),
        ("4 hours a month", "4 hours"),
        ("item: text", "item: txt"),
        ("item: text", "item: email?"),
        ("item: text", "item: many text"),
        ("item: text", "item: {type: text}"),
        ("item: text", "Item: text"),
        ("searchable: true", "searchable: maybe"),
        ("data: restricted,", "data: secretive,"),
        ("[add, see own, change same team]", "[add, look]"),
        ("from: sent, to: closed", "to: closed"),
        ("then: erase", "then: delete"),
        ("part_of: Order as lines", "part_of: Order"),
        ("unique: [[seller, due_on]]", "unique: [seller]"),
        ("  Line:", "  line:"),
        ("stages: [open, sent, closed]", "stages: []"),
    ],
)
def test_a_fault_of_shape_does_not_fit_the_schema(old: str, new: str) -> None:
    assert SMALL.count(old) == 1
    assert not VALIDATOR.is_valid(_parsed(SMALL.replace(old, new)))
