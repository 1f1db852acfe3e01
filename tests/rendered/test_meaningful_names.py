"""Records whose names mean something to copier, git, a tool or the database are records alike."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pathspec
import pytest
import yaml

from scaffold.names import record_names
from scaffold.project import YOURS
from tests.properties.rendering import ROOT, Rendered, Template, run

NAMES = ("Rule", "Conftest", "Test", "Init", "Swagger", "Migration", "Setting", "Main", "Workflow")
HEAD = """\
blueprint: 1
app: Names
data: internal
roles: {staff: Does all}
records:
  Tag:
    fields: {name: text}
    may: {staff: [add, see, change]}
  Job:
    fields: {name: text, tags: many Tag, parts_tags: many Tag, parts_tag: Tag, part: Tag}
    unique: [[name, parts_tag], [name, part]]
    may: {staff: [add, see, change]}
  JobsPart:
    fields: {name: text, tags: many Tag, tag: Tag, a_10: many Tag, a10: many Tag}
    may: {staff: [add, see, change]}
  JobsTag:
    fields: {name: text}
    may: {staff: [add, see, change]}
  RecordTests:
    fields: {name: text}
    plural: record tests items
    may: {staff: [add, see, change]}
  IxJobsPart:
    fields: {name: text}
    plural: ix jobs part id
    may: {staff: [add, see, change]}
"""
"""Apart from what their names are joined by, tables, indexes and keys of these would be alike."""

RECORD = """\
  {name}:
    fields: {{name: {{is: text, unique: true}}, tags: many Tag}}
    may: {{staff: [add, see, change]}}
"""


@pytest.fixture(scope="module")
def named(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A complete project of records with such names, as a git repository knows it."""
    text = HEAD + "".join(RECORD.format(name=name) for name in NAMES)
    project = template.project(text, tmp_path_factory.mktemp("named"))
    template.complete(project)
    subprocess.run(["git", "init", "-q", project.folder], check=True)
    return project


def of_records(project: Rendered) -> list[str]:
    """The files of the records, but for the rules, which are theirs who write them."""
    folders = (Path("src/app/domains"), Path("tests/domains"))
    paths = [path.relative_to(project.folder) for path in project.folder.rglob("*.py")]
    inside = [path for path in paths if any(path.is_relative_to(one) for one in folders)]
    return [path.as_posix() for path in inside if path.parts[-1] != "rules.py"]


def listed(project: Rendered, *words: str) -> set[str]:
    """The files that a program names, as the project calls them."""
    done = run(words, at=project.folder)
    assert done.returncode == 0, done.stderr
    return {str(Path(line).relative_to(project.folder)) for line in done.stdout.splitlines()}


def test_no_file_of_a_record_is_taken_for_somebodys_own(named: Rendered) -> None:
    files = of_records(named)
    assert {f"tests/domains/test_{record_names(name).id}.py" for name in NAMES} <= set(files)
    settings = next(yaml.safe_load_all((ROOT / "copier.yml").read_text(encoding="utf-8")))
    for patterns in (settings["_skip_if_exists"], [f"/{path}" for path in YOURS]):
        assert list(pathspec.GitIgnoreSpec.from_lines(patterns).match_files(files)) == []


def test_git_takes_every_file_of_a_record(named: Rendered) -> None:
    command = ["git", "check-ignore", "--no-index", *of_records(named)]
    done = subprocess.run(command, cwd=named.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


def test_the_linter_looks_at_every_file_of_a_record(named: Rendered) -> None:
    assert set(of_records(named)) <= listed(named, "-m", "ruff", "check", "--show-files")


def test_the_types_are_looked_at_in_every_file_of_a_record(named: Rendered) -> None:
    words = "from mypy.find_sources import create_source_list as all_of; from mypy.main import *;"
    words += "from mypy.options import Options; from pathlib import Path;"
    words += "[print(Path(s.path).resolve()) for s in all_of(['src', 'tests'], Options())]"
    assert set(of_records(named)) <= listed(named, "-c", words)


def test_pytest_takes_no_record_for_tests(named: Rendered) -> None:
    words = ["-m", "pytest", "-q", "--collect-only", "tests/domains", "-p", "no:cacheprovider"]
    said = run([*words, "-k", "TestTest or TestRecordTests"], at=named.folder, PYTHONPATH="src:.")
    assert said.returncode == 0, said.stdout[-3000:]
    assert "TestTest" in said.stdout
    assert "TestRecordTests" in said.stdout


def test_no_two_things_of_the_database_have_one_name(named: Rendered, tmp_path: Path) -> None:
    env = {"DEVELOPMENT_STATE": str(tmp_path), "PYTHONPATH": "src:."}
    said = run(["-m", "dev.migrations"], at=named.folder, **env)
    assert said.returncode == 0, f"{said.stdout[-3000:]}{said.stderr[-3000:]}"
