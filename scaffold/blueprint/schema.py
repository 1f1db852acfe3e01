"""The JSON Schema of the language, for editors; it says shapes, the checker says the rest."""

from __future__ import annotations

from scaffold.blueprint.language import BLUEPRINT_BLOCK, DEFINITIONS
from scaffold.blueprint.shapes.plain import Schema


def schema() -> Schema:
    """JSON Schema, draft 2020-12, of a blueprint with its short forms and blocks."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Solidground blueprint, version 1",
        **BLUEPRINT_BLOCK.schema(),
        "$defs": {name: shape.schema() for name, shape in DEFINITIONS.items()},
    }
