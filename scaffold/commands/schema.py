"""`scaffold schema`: the JSON Schema of blueprints, for editors."""

from __future__ import annotations

from scaffold import console
from scaffold.blueprint import schema
from scaffold.errors import FINE


def run() -> int:
    """Print it."""
    console.data_as_json(schema())
    return FINE
