"""The examples, rendered once."""

from __future__ import annotations

import pytest

from scaffold.blueprint import load
from scaffold.blueprint.models import Blueprint
from tests.properties.rendering import ROOT, Rendered, Template

EXAMPLES = ("quotes", "field_service", "clinic_intake")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The template of this working tree."""
    return Template.at(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def examples(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Blueprint, Rendered]]:
    """Each example and the complete project that is made of it."""
    found = []
    for name in EXAMPLES:
        text = (ROOT / "examples" / f"{name}.yml").read_text(encoding="utf-8")
        project = template.project(text, tmp_path_factory.mktemp(name))
        template.complete(project)
        found.append((load(text, name), project))
    return found
