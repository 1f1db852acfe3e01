"""What is made of a random blueprint is finished Python: nothing is left for a tool to change."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.properties.rendering import ROOT, Rendered, blamed, run

TAG = re.compile(
    r"\{%-? *(for|endfor|else|endif|set|endset|yield|endyield|if [a-z])|\{\{ *(record|model|item)"
)
WINDOWS = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?", re.IGNORECASE)
AT_ONCE = 20


def python(projects: list[Rendered]) -> list[str]:
    """The modules that came from the template with a tag."""
    return [str(path) for one in projects for path in one.files if path.suffix == ".py"]


def batches(projects: list[Rendered]) -> list[list[Rendered]]:
    """Twenty projects at a time."""
    return [projects[at : at + AT_ONCE] for at in range(0, len(projects), AT_ONCE)]


def test_no_tag_is_left_and_everything_compiles(projects: list[Rendered]) -> None:
    for project in projects:
        for path in project.files:
            text = path.read_text(encoding="utf-8")
            own = path.suffix == ".html" or path.name in (".copier-answers.yml", "blueprint.yml")
            assert own or not TAG.search(text), f"{path}\n{project.text}"
            if path.suffix == ".py":
                ast.parse(text, str(path))


def test_names_are_legal_on_windows_and_differ_in_more_than_case(projects: list[Rendered]) -> None:
    for project in projects:
        names = [str(path.relative_to(project.folder)) for path in project.files]
        parts = {part for name in names for part in Path(name).parts}
        assert not {part for part in parts if WINDOWS.fullmatch(part) or part.endswith((".", " "))}
        assert not {part for part in parts if re.search(r'[<>:"|?*\\]', part)}
        assert len({name.lower() for name in names}) == len(names)
        assert max(map(len, names)) < 160


def test_a_formatter_has_nothing_to_change(projects: list[Rendered]) -> None:
    for batch in batches(projects):
        said = run(["-m", "ruff", "format", "--diff", *python(batch)], at=ROOT)
        assert said.returncode == 0, blamed(said.stdout + said.stderr, batch)


def test_a_linter_finds_nothing(complete: list[Rendered]) -> None:
    for batch in batches(complete):
        said = run(["-m", "ruff", "check", "--output-format=concise", *python(batch)], at=ROOT)
        assert said.returncode == 0, blamed(said.stdout + said.stderr, batch)


def test_the_application_can_be_imported_and_describes_itself(complete: list[Rendered]) -> None:
    for batch in batches(complete):
        folders = [str(one.folder) for one in batch]
        said = run(["-m", "tests.properties.import_each", *folders], at=ROOT)
        assert said.returncode == 0, blamed(said.stdout + said.stderr, batch)
