"""Files and functions are short, in Solidground and in what it generates."""

from __future__ import annotations

from pathlib import Path

from scaffold.blueprint import load
from scaffold.blueprint.models import Blueprint
from scaffold.names import record_names
from tests.properties.rendering import ROOT, Rendered, Template
from tests.rendered.measures import Function, functions, ninth_tenth, repeated

LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION = 200, 50, 25
A_RECORD, A_FIELD, A_MOVE = 250, 12, 8
FROZEN = "0001_initial.py"
EVERYTHING = """\
blueprint: 1
app: Everything
roles: {clerk: Writes, chief: Reads}
records:
  Client:
    number: C-00001
    shown_as: name
    fields:
      name: {is: text, searchable: true}
      email: {is: email, data: personal}
      phone: {is: phone, data: personal}
      tax_number:
        is: optional text
        data: restricted personal
        find_exact: true
        seen_by: [chief]
        set_by: [chief]
    may:
      clerk: [add, see, change]
      chief: [see, change, archive, export, unmask]
"""


def long_files(paths: list[Path]) -> list[str]:
    """The files that are too long, and how long."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{path}: {lines}" for path, lines in lengths.items() if lines > LONGEST_FILE]


def long_functions(paths: list[Path]) -> list[Function]:
    """The functions that are too long."""
    return [f for path in paths for f in functions(path) if f.lines > LONGEST_FUNCTION]


def usual(paths: list[Path]) -> int:
    """How long nine of ten functions are at most."""
    return ninth_tenth(function.lines for path in paths for function in functions(path))


def generated(project: Rendered) -> list[Path]:
    """What a generated project is made of, but for its frozen migration."""
    return [path for path in project.folder.rglob("*.py") if path.name != FROZEN]


def test_solidground_is_made_of_short_files_and_functions() -> None:
    paths = [path for name in ("scaffold", "dev") for path in (ROOT / name).rglob("*.py")]
    assert long_files(paths) == []
    assert long_functions(paths) == []
    assert usual(paths) <= USUAL_FUNCTION


def test_what_it_generates_is_made_of_short_files_and_functions(
    examples: list[tuple[Blueprint, Rendered]],
) -> None:
    for _, project in examples:
        paths = generated(project)
        assert len(paths) > 100
        assert long_files(paths) == []
        assert long_functions(paths) == []
        assert usual(paths) <= USUAL_FUNCTION


def test_a_long_file_and_a_long_function_are_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text(
        "def short():\n    pass\n\n\nclass A:\n    def long(self):\n" + "        a\n" * 200
    )
    assert long_files([path]) == [f"{path}: 206"]
    assert long_functions([path]) == [Function(f"{path}:long", 201)]
    assert ninth_tenth([1] * 9 + [60]) == 60
    assert ninth_tenth([1] * 10 + [60]) == 1


def over_budget(blueprint: Blueprint, folder: Path) -> list[str]:
    """The records that have more lines than their fields and moves explain."""
    found = []
    for record in blueprint.records.values():
        name = record_names(record.name, record.plural).id
        paths = [*folder.glob(f"src/app/domains/{name}/*.py")]
        paths.append(folder / "tests" / "domains" / f"test_{name}.py")
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)
        moves = len(record.workflow.moves) if record.workflow else 0
        allowed = A_RECORD + A_FIELD * len(record.fields) + A_MOVE * moves
        found += [f"{name}: {lines} of {allowed}"] if lines > allowed else []
    return found


def test_a_record_costs_few_lines(examples: list[tuple[Blueprint, Rendered]]) -> None:
    for blueprint, project in examples:
        assert over_budget(blueprint, project.folder) == []


def test_a_small_record_with_every_special_there_is_costs_few_lines(
    template: Template, tmp_path: Path
) -> None:
    project = template.project(EVERYTHING, tmp_path)
    template.complete(project)
    assert over_budget(load(EVERYTHING, "everything"), project.folder) == []


def test_a_record_that_costs_more_is_found(
    examples: list[tuple[Blueprint, Rendered]], tmp_path: Path
) -> None:
    blueprint, _ = examples[0]
    for record in blueprint.records.values():
        name = record_names(record.name, record.plural).id
        (tmp_path / "src" / "app" / "domains" / name).mkdir(parents=True)
        path = tmp_path / "tests" / "domains" / f"test_{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a\n" * 1000, encoding="utf-8")
    assert len(over_budget(blueprint, tmp_path)) == len(blueprint.records)


def test_no_two_records_share_six_lines(examples: list[tuple[Blueprint, Rendered]]) -> None:
    for _, project in examples:
        folders = [path for path in (project.folder / "src/app/domains").iterdir() if path.is_dir()]
        assert len(folders) > 3
        assert repeated(folders) == []


def test_six_shared_lines_are_found(tmp_path: Path) -> None:
    body = "\n\n".join(f"a{at} = {at}" for at in range(6))
    for name, more in (("one", "b = 1"), ("two", "b = 2"), ("three", "a0 = 7")):
        (tmp_path / name).mkdir()
        text = f'"""{name}."""\nimport os\n{body if name != "three" else ""}\n{more}\n'
        (tmp_path / name / "x.py").write_text(text, encoding="utf-8")
    found = repeated([tmp_path / "one", tmp_path / "two", tmp_path / "three"])
    assert found == [f"{tmp_path}/one/x.py and {tmp_path}/two/x.py: a0 = 0"]
