"""`scaffold read`: a blueprint in numbered sentences, and what looks unintended."""

from __future__ import annotations

from pathlib import Path

from scaffold import console
from scaffold.blueprint import load
from scaffold.blueprint.reading import read_back, reading_as_dict, reading_as_text
from scaffold.document import read_document
from scaffold.errors import FINE


def run(file: Path, json: bool = False) -> int:
    """Print the reading; 0 also when it has questions."""
    document = read_document(file)
    reading = read_back(load(document.content, document.name))
    if json:
        console.data_as_json(reading_as_dict(reading))
    else:
        console.data(reading_as_text(reading))
    return FINE
