"""The types of files that the language knows are those that generated projects can tell."""

from __future__ import annotations

import ast
from pathlib import Path

from scaffold.blueprint.words import FILE_TYPES

KINDS = Path(__file__).parents[2] / "templates/project/src/app/platform/files/kinds.py"


def test_the_language_knows_the_types_that_projects_tell() -> None:
    tree = ast.parse(KINDS.read_text(encoding="utf-8"))
    (told,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "KINDS"
    )
    assert isinstance(told, ast.Dict)
    assert tuple(ast.literal_eval(key) for key in told.keys if key) == FILE_TYPES
