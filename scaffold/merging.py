"""Merging a new blueprint or template into a project, or leaving it exactly as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scaffold import engine
from scaffold.errors import TemplateError
from scaffold.git import git, works
from scaffold.project import DOMAINS, YOURS, Project
from scaffold.renaming import follow_names
from scaffold.saying import still_said
from scaffold.settling import settle
from scaffold.source import Source

_MARKS = (b"<<<<<<< before updating", b">>>>>>> after updating")


@dataclass(frozen=True, slots=True)
class Merged:
    """What an update did, as paths relative to the project.

    What changed, and what conflicts; `left` are files of yours whose record is gone, and `taken`
    files that you had changed and that went all the same, with their record or their version.
    `old_names` are files that still say what a renamed record was called, and `old_words` lines of
    people's own that say a field, choice, stage or move of before.
    """

    changed: list[str]
    conflicts: list[str]
    left: list[str]
    taken: list[str]
    old_names: list[str]
    old_words: list[str]


def merge(project: Project, answers: Mapping[str, Any], ref: str | None) -> Merged:
    """Copier's merge, with what git alone takes for a conflict, then what is yours as you left it.

    On failure nothing has changed.
    """
    _refuse_lost_version(project)
    with _as_it_was(project.root):
        engine.update(project.root, answers, ref)
        settle(project.root, sorted(_unmerged(project.root)))
        taken = _keep_yours(project)
        old_names = follow_names(project, answers, ref)
        old_words = still_said(project, answers, ref)
    root = project.root
    left = _left(project, answers)
    return Merged(_changed(root), find_conflicts(root), left, taken, old_names, old_words)


def _refuse_lost_version(project: Project) -> None:
    """Say in words what copier would say as an unknown revision."""
    if project.commit is None:
        raise TemplateError(
            "This project was generated from an installed package without history, "
            "so there is nothing to compare an update with.",
            "generate it again from a clone of the template, and bring your changes over",
        )
    url = Path(project.url)
    if not url.is_dir():
        return
    commit = project.commit.rpartition("-g")[2]
    if not works("cat-file", "-e", f"{commit}^{{commit}}", at=url):
        raise TemplateError(
            f"This project was generated from the template at {project.commit}, which {url} does "
            "not have: the template had changes that were never committed.",
            "generate it again from a committed template, and bring your changes over",
        )


@contextmanager
def _as_it_was(root: Path) -> Iterator[None]:
    """Bring everything back when the block fails. The project was clean before."""
    ignored = set(_ignored(root))
    try:
        yield
    except BaseException:
        git("reset", "--hard", "--quiet", "HEAD", at=root)
        git("clean", "-d", "--force", "--quiet", at=root)
        for path in set(_ignored(root)) - ignored:
            if path.endswith(".rej"):
                (root / path).unlink(missing_ok=True)
        raise


def _ignored(root: Path) -> list[str]:
    return _paths(root, "ls-files", "--others", "--ignored", "--exclude-standard")


def _paths(root: Path, *arguments: str) -> list[str]:
    """The paths that git prints, relative to the project."""
    command, *rest = arguments
    return [path for path in git(command, "-z", *rest, at=root).split("\0") if path]


def _keep_yours(project: Project) -> list[str]:
    """Files that are yours stay when the template drops them, and stay away when you did.

    Of yours, those go in which you never wrote. What comes back are the files that went although
    you had changed them.
    """
    root = project.root
    wanted = [f":(glob){pattern}" for pattern in YOURS]
    written = _written(project, _paths(root, "ls-files", "--deleted"))
    kept = [
        path for path in _paths(root, "ls-files", "--deleted", "--", *wanted) if path in written
    ]
    if kept:
        git("checkout", "--quiet", "HEAD", "--", *kept, at=root)
    for path in _paths(root, "ls-files", "--others", "--exclude-standard", "--", *wanted):
        if git("log", "-1", "--format=%H", "--", path, at=root):
            (root / path).unlink()
    return sorted(written.difference(kept))


def _written(project: Project, gone: list[str]) -> set[str]:
    """Those of the files that are gone that you had changed since they were generated."""
    if not gone:
        return set()
    with TemporaryDirectory() as folder:
        generated = Path(folder) / "project"
        engine.render(Source(project.url, project.commit), project.answers, generated)
        return {path for path in gone if _content(generated / path) != _before(project, path)}


def _content(path: Path) -> str | None:
    """What git would call the content of a file; None where there is no file."""
    return git("hash-object", "--no-filters", path.name, at=path.parent) if path.is_file() else None


def _before(project: Project, path: str) -> str:
    """The same of a file as it was before the update."""
    return git("rev-parse", f"HEAD:./{path}", at=project.root)


def _left(project: Project, answers: Mapping[str, Any]) -> list[str]:
    """The files that are still there of records that are not."""
    folders = [
        f"{DOMAINS}/{name}" for name in sorted(_records(project.answers) - _records(answers))
    ]
    if not folders:
        return []
    listed = ("ls-files", "--cached", "--others", "--exclude-standard")
    paths = _paths(project.root, *listed, "--", *folders)
    return [path for path in dict.fromkeys(paths) if (project.root / path).is_file()]


def _records(answers: Mapping[str, Any]) -> set[str]:
    return {record["id"] for record in answers["model"]["records"]}


def _changed(root: Path) -> list[str]:
    tracked = _paths(root, "diff", "--name-only", "--relative", "HEAD")
    return sorted({*tracked, *_paths(root, "ls-files", "--others", "--exclude-standard")})


def find_conflicts(root: Path) -> list[str]:
    """Every file that a person has to look at: unmerged, rejected, or with markers in it."""
    others = [*_paths(root, "ls-files", "--others", "--exclude-standard"), *_ignored(root)]
    rejected = {path for path in others if path.endswith(".rej")}
    marked = {path for path in _changed(root) if _has_marks(root / path)}
    return sorted(_unmerged(root) | rejected | marked)


def _unmerged(root: Path) -> set[str]:
    return {entry.split("\t", 1)[1] for entry in _paths(root, "ls-files", "--unmerged")}


def _has_marks(path: Path) -> bool:
    if not path.is_file():
        return False
    lines = {line.rstrip() for line in path.read_bytes().splitlines()}
    return any(mark in lines for mark in _MARKS)
