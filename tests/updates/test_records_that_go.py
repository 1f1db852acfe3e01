"""What becomes of people's work in the files of a record that the blueprint drops."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scaffold.commands import new, update
from scaffold.source import Source
from tests.commands.world import commit, run_git
from tests.generated.making import gate

BLUEPRINT = """\
blueprint: 1
app: Shop
data: internal
roles: {staff: Does all}
records:
  Rule:
    fields: {name: text}
    may: {staff: [add, see, change]}
  Shelf:
    fields: {name: text}
    may: {staff: [add, see, change]}
  Till:
    fields: {name: text}
    may: {staff: [add, see, change]}
"""
DOMAINS = "src/app/domains"
VERSION = "v1.0.0"


@pytest.fixture
def shop(first: tuple[Source, Path], tmp_path: Path) -> Path:
    """A project in which somebody has worked on shelves, and nobody on tills."""
    (tmp_path / "shop.yml").write_text(BLUEPRINT, encoding="utf-8")
    project = tmp_path / "shop"
    # The template that all these tests share may have got a newer version by now.
    template = replace(first[0], ref=VERSION)
    new.run(project, tmp_path / "shop.yml", defaults=True, lock=False, source=template)
    for name in ("rules.py", "service.py"):
        path = project / DOMAINS / "shelves" / name
        path.write_text(path.read_text(encoding="utf-8") + "\n# Ours.\n", encoding="utf-8")
    (project / DOMAINS / "shelves/errors.py").write_text('"""Ours."""\n', encoding="utf-8")
    commit(project, "ours")
    return project


def rewrite(project: Path, pattern: str, by: str = "") -> None:
    """Change the wanted blueprint, and commit it."""
    path = project / "blueprint.yml"
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    commit(project, "wanted")


def modules(project: Path, record: str) -> list[str]:
    """What is there of a record."""
    return sorted(path.name for path in (project / DOMAINS / record).glob("*.py"))


def test_what_people_wrote_stays_and_is_named_until_somebody_moves_it(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(shop, r"  Shelf:.*", "retired: [Shelf, Till]\n")
    capsys.readouterr()
    assert update.run(shop, ref=VERSION, migration=False) == 0
    assert modules(shop, "shelves") == ["errors.py", "rules.py"]
    assert "# Ours." in (shop / DOMAINS / "shelves/rules.py").read_text(encoding="utf-8")
    assert modules(shop, "tills") == []
    told = capsys.readouterr().err
    left, taken = told.split("their record is gone")[1].split("you had changed them")
    assert re.findall(r"^  - (.*)", left, re.MULTILINE) == [
        f"{DOMAINS}/shelves/errors.py",
        f"{DOMAINS}/shelves/rules.py",
    ]
    assert re.findall(r"^  - (src.*)", taken, re.MULTILINE) == [f"{DOMAINS}/shelves/service.py"]

    said = gate(shop, "generated")
    assert said.returncode == 1
    assert f"{DOMAINS}/shelves/errors.py, {DOMAINS}/shelves/rules.py. They are" in said.stdout
    shutil.rmtree(shop / DOMAINS / "shelves")
    assert gate(shop, "generated", "contracts").returncode == 0


def test_the_first_migration_keeps_the_table_of_a_record_that_goes(shop: Path) -> None:
    first = (shop / "migrations/versions/0001_initial.py").read_bytes()
    rewrite(shop, r"  Till:.*", "retired: [Till]\n")
    assert update.run(shop, ref=VERSION, migration=False) == 0
    assert (shop / "migrations/versions/0001_initial.py").read_bytes() == first


def test_the_tests_of_a_record_called_rule_follow_the_blueprint(shop: Path) -> None:
    rewrite(shop, r"(  Rule:\n    fields: {name: text)}", r"\1, wanted: optional text}")
    update.run(shop, ref=VERSION, migration=False)
    changed = run_git("status", "--porcelain", at=shop).split()
    assert "src/app/domains/rules/models.py" in changed
    rewrite(shop, r"(records:\n)  Rule:.*(?=  Shelf:)", r"retired: [Rule]\n\1")
    update.run(shop, ref=VERSION, migration=False)
    assert not (shop / "tests/domains/test_rules.py").exists()
    assert modules(shop, "rules") == []
