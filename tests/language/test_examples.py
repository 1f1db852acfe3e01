"""The blueprints to start from: without faults, and together they use every word there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.blueprint import language as whole_words
from scaffold.blueprint import load
from scaffold.blueprint.language import records as record_words
from scaffold.blueprint.shapes.blocks import Block

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yml")), ids=lambda path: path.stem)
def test_every_example_has_no_faults(path: Path) -> None:
    assert load(path.read_bytes(), path.name).records


def test_the_examples_use_every_word_of_the_language() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.yml"))
    modules = (whole_words, record_words)
    blocks = [
        item for module in modules for item in vars(module).values() if isinstance(item, Block)
    ]
    keys = {key for block in blocks for key in block.keys}
    assert len(blocks) > 10
    assert {key for key in keys if f"{key}:" not in text} == set()
