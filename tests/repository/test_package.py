"""What the repository promises about itself."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scaffold.blueprint import check

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 200
LONGEST_FUNCTION = 50
USUAL_FUNCTION = 25


def pyproject() -> dict[str, Any]:
    """Our own."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def python_files() -> list[Path]:
    """What we have written, outside the template."""
    return sorted([*(ROOT / "scaffold").rglob("*.py"), *(ROOT / "dev").rglob("*.py")])


def function_lengths(path: Path) -> Iterator[tuple[int, str]]:
    """Lines and place of every function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield (node.end_lineno or 0) - node.lineno + 1, f"{path.name}:{node.name}"


def installed(name: str) -> bool:
    """Whether a package is here: some are for other systems."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def test_no_file_is_long() -> None:
    long = [p for p in python_files() if len(p.read_text().splitlines()) > LONGEST_FILE]
    assert [str(path.relative_to(ROOT)) for path in long] == []


def test_functions_are_short() -> None:
    lengths = sorted(found for path in python_files() for found in function_lengths(path))
    assert [where for length, where in lengths if length > LONGEST_FUNCTION] == []
    assert lengths[int(len(lengths) * 0.9)][0] <= USUAL_FUNCTION


def test_the_lock_pins_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*", lock, re.MULTILINE)
    assert len(packages) > 50
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
    assert not re.search(r"https?://|--index|--find-links|file:", lock)


def test_the_lock_holds_every_direct_dependency() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", lock, re.MULTILINE))
    ours = pyproject()
    groups = [ours["project"]["dependencies"], *ours["dependency-groups"].values()]
    wanted = [line for group in groups for line in group]
    names = {re.split(r"[\[<>=]", line)[0].replace(".", "-").lower() for line in wanted}
    assert names - locked == set()


def test_the_lock_pins_extras_with_their_package() -> None:
    """Older pips take the newest version for `coverage[toml]` where only `coverage` is pinned."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = {
        name: {extra.strip() for extra in extras.strip("[]").split(",")} - {""}
        for name, extras in re.findall(r"^([a-z0-9-]+)(\[.*\])?==", lock, re.MULTILINE)
    }
    asked = [
        Requirement(line)
        for name in pinned
        for line in (distribution(name).requires or () if installed(name) else ())
    ]
    wanted = [one for one in asked if one.extras and (not one.marker or one.marker.evaluate())]
    assert wanted
    missing = [str(one) for one in wanted if one.extras - pinned[canonicalize_name(one.name)]]
    assert missing == []


def test_the_generated_group_is_what_projects_stand_on() -> None:
    page = (ROOT / "templates/project/pyproject.toml.jinja").read_text(encoding="utf-8")
    whole = re.sub(r"\{%.*?%\}\n", "", page)
    theirs = tomllib.loads(re.sub(r"\{\{.*?\}\}", '"x"', whole).replace('""x""', '"x"'))
    wanted = {*theirs["project"]["dependencies"], *theirs["dependency-groups"]["dev"]}
    assert set(pyproject()["dependency-groups"]["generated"]) == wanted


def test_the_source_is_said_once() -> None:
    url = pyproject()["project"]["urls"]["Source"]
    listed = subprocess.run(
        ["git", "grep", "-l", "--fixed-strings", url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.split() == ["pyproject.toml"]


def test_the_changelog_speaks_of_this_version_or_the_next() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = pyproject()["project"]["version"]
    assert re.search(rf"^## (Unreleased|{re.escape(version)})", changelog, re.MULTILINE)


def test_hooks_are_local() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert {repo["repo"] for repo in hooks["repos"]} == {"local"}


def test_actions_are_pinned_and_get_no_rights() -> None:
    text = (ROOT / ".github/workflows/ci.yml").read_text()
    assert yaml.safe_load(text)["permissions"] == {}
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", use)] == []
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "`make test`" in (ROOT / "README.md").read_text()
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == "make test"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_what_a_page_points_to_is_there(page: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / page).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_page_names_is_one(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ )make ([a-z][a-z-]+)", (ROOT / page).read_text()))
    assert named - targets == set()


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name[:4] for page in (ROOT / "docs/decisions").glob("[0-9]*.md")]
    assert len(numbers) > 10
    assert len(numbers) == len(set(numbers))


def test_every_decision_names_what_holds_it() -> None:
    for page in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        held = re.search(r"\*\*Held by\*\* (.+)", page.read_text())
        assert held, page.name
        for path in re.findall(r"`((?:templates|tests)/[^`]+)`", held[1]):
            assert (ROOT / path).exists(), f"{page.name} names {path}"


def test_the_blueprint_in_the_readme_is_fine() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert check(text) == []


def test_every_command_in_the_readme_is_one() -> None:
    named = re.findall(r"\bscaffold ([a-z]+)\b", (ROOT / "README.md").read_text())
    assert named
    assert {name for name in named if not (ROOT / f"scaffold/commands/{name}.py").exists()} == set()
