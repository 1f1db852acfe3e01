"""Names that are gone, where people's own lines still say them.

A type checker finds a field that is no more. A choice or a stage is a text: a rule that compares
with its old name is never true again, and nothing else would say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from scaffold import engine
from scaffold.blueprint import Blueprint, load
from scaffold.git import git
from scaffold.project import Project
from scaffold.source import Source

Record = Mapping[str, Any]


class Gone(NamedTuple):
    """Names of one record that are gone, each with the one that it has now, if it has one."""

    record: str
    route: str
    fields: dict[str, str]
    words: dict[str, str]

    def concerns(self, path: str, text: str) -> bool:
        """Whether a file is about this record."""
        named = "|".join({re.escape(self.record), re.escape(self.route)})
        return re.search(rf"(?<!\w)(?:{named})(?!\w)", f"{path}\n{text}") is not None

    def said(self, line: str) -> Iterator[str]:
        """Give each of the names that a line says: fields as words, the others as texts."""
        for names, around in ((self.fields, r"(?<!\w){}(?!\w)"), (self.words, r"[\"'/]{}[\"'/]")):
            for old, new in names.items():
                ways = "|".join({re.escape(old), re.escape(old.replace("_", "-"))})
                if re.search(around.format(f"(?:{ways})"), line):
                    yield f"{old} ({f'now {new}' if new else 'gone'})"


def still_said(project: Project, answers: Mapping[str, Any], ref: str | None) -> list[str]:
    """The lines of people's own that say a name of before: `rules.py:12: high (now urgent)`."""
    gone = list(_gone(project.answers["model"]["records"], answers))
    if not gone:
        return []
    with TemporaryDirectory() as folder:
        generated = Path(folder) / "project"
        engine.render(Source(project.url, ref), answers, generated)
        paths = _paths(project.root)
        return [line for path in paths for line in _said(gone, project.root, generated, path)]


def _paths(root: Path) -> list[str]:
    listed = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    wanted = ("src/*.py", "tests/*.py", "src/app/messages/*.txt")
    found = git(*listed, "--", *wanted, at=root).split("\0")
    return sorted({path for path in found if (root / path).is_file()})


def _said(gone: list[Gone], root: Path, generated: Path, path: str) -> Iterator[str]:
    text = _text(root / path)
    known = set(_text(generated / path).splitlines())
    concerned = [names for names in gone if names.concerns(path, text)]
    for number, line in enumerate(text.splitlines(), 1):
        if line not in known:
            found = dict.fromkeys(said for names in concerned for said in names.said(line))
            if found:
                yield f"{path}:{number}: {', '.join(found)}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _gone(before: list[Record], answers: Mapping[str, Any]) -> Iterator[Gone]:
    """The names that are gone from each record that is still there."""
    wanted = load(str(answers["blueprint"]), "the wanted blueprint")
    now = {record["id"]: record for record in answers["model"]["records"]}
    for old in before:
        new = now.get(old["id"])
        if new is None:
            continue
        fields, words = _renamed(wanted, new["class"])
        lost = _attributes(old) - _attributes(new)
        gone = _words(old) - _words(new)
        if lost or gone:
            yield Gone(
                old["id"],
                old["route"],
                {name: _attribute(fields.get(_plain(old, name), ""), new) for name in sorted(lost)},
                {name: words.get(name, "") for name in sorted(gone)},
            )


def _renamed(wanted: Blueprint, record: str) -> tuple[dict[str, str], dict[str, str]]:
    """What old fields, and what old choices and stages of a record are called now."""
    said = wanted.records.get(record)
    if said is None:  # users, of whom a blueprint need not speak
        return {}, {}
    fields = {field.was: field.name for field in said.fields.values() if field.was}
    pairs = [pair for field in said.fields.values() for pair in field.renamed]
    return fields, dict([*pairs, *(said.workflow.renamed if said.workflow else ())])


def _attributes(record: Record) -> set[str]:
    return {field["attribute"] for field in record["fields"]}


def _plain(record: Record, attribute: str) -> str:
    """The name in the blueprint of what is an attribute in code."""
    return next(str(field["name"]) for field in record["fields"] if field["attribute"] == attribute)


def _attribute(name: str, record: Record) -> str:
    return next(
        (str(field["attribute"]) for field in record["fields"] if field["name"] == name), ""
    )


def _words(record: Record) -> set[str]:
    choices = {choice for field in record["fields"] for choice in field["choices"]}
    moves = {move["name"] for move in record["moves"]}
    return choices | moves | set(record["stages"])
