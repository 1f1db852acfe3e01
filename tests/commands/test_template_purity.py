"""The template needs no trust, and lists its questions one by one."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from scaffold.project import YOURS
from tests.commands.world import ROOT


def test_nothing_of_the_template_needs_trust() -> None:
    text = (ROOT / "copier.yml").read_text()
    for word in ("_tasks", "_migrations", "_jinja_extensions", "_external_data", "secret"):
        assert not re.search(rf"^\s*{word}", text, re.MULTILINE), word


def test_every_question_file_is_included_by_its_name() -> None:
    included = re.findall(r"^!include (\S+)$", (ROOT / "copier.yml").read_text(), re.MULTILINE)
    there = {
        f"templates/questions/{path.name}" for path in (ROOT / "templates/questions").iterdir()
    }
    assert set(included) == there
    assert len(included) == len(there)
    assert not any("*" in path for path in included)


def test_copier_and_we_agree_on_what_is_yours() -> None:
    settings = next(iter(yaml.safe_load_all((ROOT / "copier.yml").read_text().split("\n---")[0])))
    theirs = {path.strip("/").removesuffix("/**") for path in settings["_skip_if_exists"]}
    assert theirs == set(YOURS)


def test_no_path_of_the_template_is_illegal_on_windows() -> None:
    project = ROOT / "templates" / "project"
    parts = {part for path in project.rglob("*") for part in path.relative_to(project).parts}
    assert not [part for part in parts if re.search(r'[|":<>?*\\]', part)]


def test_a_file_has_the_suffix_only_when_it_has_a_tag() -> None:
    project = ROOT / "templates" / "project"
    idle = [
        p
        for p in project.rglob("*.jinja")
        if "{{" not in p.read_text() and "{%" not in p.read_text()
    ]
    assert [str(Path(p).relative_to(project)) for p in idle] == []
