"""What people's own files still say of a record that has another name now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scaffold import engine
from scaffold.git import git
from scaffold.project import DOMAINS, Project
from scaffold.source import Source


def renamed_classes(project: Project, answers: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The ids of renamed records, each with the class that it had and the one that it has."""
    before = {record["id"]: record["class"] for record in project.answers["model"]["records"]}
    found = {record["id"]: (before.get(record["id"]), record["class"]) for record in _of(answers)}
    return {name: (was, now) for name, (was, now) in found.items() if was and was != now}


def follow_names(project: Project, answers: Mapping[str, Any], ref: str | None) -> list[str]:
    """Bring what nobody wrote to the new names, and give the files in which people say the old.

    Rules of renamed records begin with the new name. A line says an old one for somebody where the
    template does not say the same in that file: its own words are often called like a record.
    """
    renamed = renamed_classes(project, answers)
    if not renamed:
        return []
    with TemporaryDirectory() as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        engine.render(Source(project.url, project.commit), project.answers, old)
        engine.render(Source(project.url, ref), answers, new)
        _write_unwritten_rules(project.root, list(renamed), old, new)
        gone = {was for was, _ in renamed.values()} - {record["class"] for record in _of(answers)}
        return _still_saying(project.root, gone, new)


def _write_unwritten_rules(root: Path, renamed: list[str], old: Path, new: Path) -> None:
    for name in renamed:
        rules = f"{DOMAINS}/{name}/rules.py"
        mine = root / rules
        if mine.is_file() and mine.read_bytes() == (old / rules).read_bytes():
            mine.write_bytes((new / rules).read_bytes())


def _still_saying(root: Path, gone: set[str], new: Path) -> list[str]:
    """The Python files with lines of people's own that say the name of a class that is gone."""
    if not gone:
        return []
    said = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(gone))})(?![a-z0-9_])")
    listed = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    paths = git(*listed, "--", "src/*.py", "tests/*.py", at=root).split("\0")
    return sorted(
        path
        for path in {path for path in paths if (root / path).is_file()}
        if any(said.search(line) for line in _lines(root / path) - _lines(new / path))
    )


def _lines(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return set(text.splitlines())


def _of(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = answers["model"]["records"]
    return records
