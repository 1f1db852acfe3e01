"""`scaffold answers`: what a blueprint resolves to, for plain copier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scaffold import console
from scaffold.answers import as_yaml
from scaffold.blueprint import load
from scaffold.document import read_document
from scaffold.errors import FINE
from scaffold.interview.words import Words
from scaffold.overrides import read_overrides
from scaffold.preparing import Wishes, answers_of, prepare
from scaffold.project import ANSWERS_FILE, open_project
from scaffold.source import template_root


def run(file: Path, overrides: Sequence[str] = (), json: bool = False) -> int:
    """Print what `scaffold new --defaults` would store, or a project's answers of today."""
    if (file / ANSWERS_FILE).is_file() and not overrides:
        project = open_project(file)
        document = read_document(project.root)
        found = answers_of(load(document.content, document.name), project.answers)
    else:
        wishes = Wishes(read_overrides(overrides), defaults=True)
        found = prepare(read_document(file), wishes, lambda: Words(template_root())).answers
    if json:
        console.data_as_json(found)
    else:
        console.data(as_yaml(found))
    return FINE
