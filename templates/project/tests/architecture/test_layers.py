"""A domain has the parts that every domain has, and no others."""

from __future__ import annotations

from pathlib import Path

import app.domains
from app.platform.access import POLICIES
from dev import PROJECT

PARTS = {"models", "schemas", "errors", "policy", "repository", "rules", "service", "router"}
PARTS |= {"pages"}  # yours, where there are any; its templates lie in a folder beside it
DOMAINS = Path(*app.domains.__path__)


def strays(domains: Path) -> list[str]:
    """Name what lies in a domain and is none of its parts."""
    allowed = {"__init__.py", *(f"{part}.py" for part in PARTS)}
    return sorted(
        str(path.relative_to(domains))
        for path in domains.rglob("*")
        if "__pycache__" not in path.parts
        and not path.is_dir()
        and not is_part(path, domains, allowed)
    )


def is_part(path: Path, domains: Path, allowed: set[str]) -> bool:
    """Whether the file is a part of a domain, a template, or makes the domains a package."""
    if path.parent.name == "templates" and path.suffix == ".html":
        return path.parents[2] == domains
    if path.parent == domains:
        return path.name == "__init__.py"
    return path.parent.parent == domains and path.name in allowed


def test_a_domain_has_its_parts_and_no_others() -> None:
    assert strays(DOMAINS) == []


def test_what_does_not_belong_to_a_domain_is_found(tmp_path: Path) -> None:
    domain = tmp_path / "jobs"
    for folder in ("deep/templates", "templates"):
        (domain / folder).mkdir(parents=True)
    for name in ("__init__.py", "service.py", "utils.py", "deep/service.py", "notes.txt"):
        (domain / name).touch()
    for name in ("pages.py", "templates/row.html", "templates/a.py", "deep/templates/row.html"):
        (domain / name).touch()
    (tmp_path / "shared.py").touch()
    assert strays(tmp_path) == [
        "jobs/deep/service.py",
        "jobs/deep/templates/row.html",
        "jobs/notes.txt",
        "jobs/templates/a.py",
        "jobs/utils.py",
        "shared.py",
    ]


def test_every_record_is_a_domain_with_tests() -> None:
    domains = {path.name for path in DOMAINS.iterdir() if (path / "models.py").exists()}
    assert domains == set(POLICIES)
    tested = {path.stem.removeprefix("test_") for path in (PROJECT / "tests/domains").glob("*.py")}
    assert domains <= tested
