"""Random blueprints, rendered once for all tests."""

from __future__ import annotations

import pytest

from tests.properties.rendering import Rendered, Template, count, examples


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The template of this working tree."""
    return Template.at(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def projects(template: Template, tmp_path_factory: pytest.TempPathFactory) -> list[Rendered]:
    """SOLIDGROUND_BLUEPRINTS random projects: what of each holds a tag."""
    place = tmp_path_factory.mktemp("projects")
    texts = examples(count("BLUEPRINTS", 8))
    return [template.project(text, place / f"project_{at}") for at, text in enumerate(texts)]


@pytest.fixture(scope="session")
def complete(template: Template, projects: list[Rendered]) -> list[Rendered]:
    """The same, complete."""
    for project in projects:
        template.complete(project)
    return projects


@pytest.fixture(scope="session")
def small(template: Template, tmp_path_factory: pytest.TempPathFactory) -> list[Rendered]:
    """SOLIDGROUND_TESTED random projects of few records, complete, to run their own tests."""
    place = tmp_path_factory.mktemp("small")
    texts = examples(count("TESTED", 1), most=3)
    found = [template.project(text, place / f"project_{at}") for at, text in enumerate(texts)]
    for project in found:
        template.complete(project)
    return found
