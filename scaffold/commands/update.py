"""`scaffold update`: the wanted blueprint and the newest template, merged into a project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from scaffold import console
from scaffold.errors import FINE, ConflictError, InputError
from scaffold.lock import make_lock
from scaffold.merging import Merged, merge
from scaffold.migrating import name_of, needs_migration, prove_migration, write_migration
from scaffold.planning import make_plan, refuse_stopping
from scaffold.preparing import answers_of
from scaffold.project import Project, open_project, refuse_unclean

LOCKED_BY = "pyproject.toml"


def run(directory: Path, ref: str | None = None, migration: bool = True, json: bool = False) -> int:
    """Update the project; 0 when it is merged, ConflictError when a person has to look."""
    project = open_project(directory)
    refuse_unclean(project)
    plan = make_plan(project)
    refuse_stopping(plan)
    answers = answers_of(plan.wanted, project.answers)
    _say_version(project)
    with console.step("Merging"):
        merged = merge(project, answers, ref or _newest(project))
    _lock(project, merged)
    _tell_files(merged)
    name = name_of(plan.changes)
    tables = needs_migration(project.root, merged.changed)
    written: list[str] = []
    if migration and not merged.conflicts:
        _refuse_old_names(merged, name)
        written = _migrate(project.root, name) if tables else []
    if json:
        console.data_as_json({**asdict(merged), "migrations": written})
    _refuse_conflicts(merged, name if tables else None)
    _tell(merged, answers, None if migration else name)
    return FINE


def _refuse_old_names(merged: Merged, name: str) -> None:
    """ConflictError where people's own lines still name a record as it was called."""
    if merged.old_names:
        raise ConflictError(
            f"The files are merged. {_old_names(merged)}",
            f"write its name of today there, then {_rest(name)}",
        )


def _old_names(merged: Merged) -> str:
    listed = "\n".join(f"  {path}" for path in merged.old_names)
    return f"In these, your lines say what a record was called:\n{listed}"


def _rest(name: str | None) -> str:
    """What is left to type once a person has settled the files."""
    migration = f"`make migration NAME='{name}'`, `make prove` and " if name else ""
    return f"{migration}`make check`"


def _refuse_conflicts(merged: Merged, name: str | None) -> None:
    """ConflictError with every file that a person has to look at."""
    if merged.conflicts:
        listed = "\n".join(f"  {path}" for path in merged.conflicts)
        more = f"\n{_old_names(merged)}" if merged.old_names else ""
        raise ConflictError(
            f"These files changed on both sides, and a person has to look:\n{listed}{more}",
            f"settle them, `git add` them, then {_rest(name)}; "
            "`git reset --hard && git clean -fd` brings back what was",
        )


def _migrate(root: Path, name: str) -> list[str]:
    """Write the migration and try it; ConflictError leaves the merge, and says what to type."""
    try:
        with console.step("Writing the migration"):
            written = write_migration(root, name)
    except InputError as error:
        raise ConflictError(
            f"The files are merged, and the migration is not written:\n{error.message}",
            f"settle that, then {_rest(name)}",
        ) from error
    if not written:
        return []
    try:
        with console.step("Trying it on rows: up, down and up"):
            said = prove_migration(root)
    except InputError as error:
        raise ConflictError(
            f"The migration is written, and does not hold:\n{error.message}",
            "mend it in migrations/versions, then `make prove` and `make check`",
        ) from error
    console.say(f"The migration is {' and '.join(written)}. {said}".rstrip())
    return written


def _newest(project: Project) -> str | None:
    """A template on this machine is taken at its HEAD, another one at its newest tag."""
    return "HEAD" if Path(project.url).is_dir() else None


def _say_version(project: Project) -> None:
    if project.commit and not project.released:
        console.say(
            f"This project was generated from a development version ({project.commit}), which "
            "carries no promise that later versions merge without work."
        )


def _lock(project: Project, merged: Merged) -> None:
    if LOCKED_BY not in merged.changed or LOCKED_BY in merged.conflicts:
        return
    try:
        with console.step("Making the lock of its dependencies"):
            make_lock(project.root)
    except InputError as error:
        console.warn(f"{error.message}\nRun `uv lock` yourself before you commit.")


def _tell_files(merged: Merged) -> None:
    if merged.left:
        console.warn(
            "these files are yours and stay, but their record is gone. Move what you still need "
            "and delete them; `make check` asks for it:",
            merged.left,
        )
    if merged.taken:
        console.warn(
            "these files went, although you had changed them; `git checkout HEAD -- FILE` brings "
            "one back:",
            merged.taken,
        )
    if merged.old_words:
        console.warn(
            "these lines of yours say a name that a record had before. Look at each; where it is a "
            "choice, a stage or a move, no check finds it:",
            merged.old_words,
        )


def _tell(merged: Merged, answers: dict[str, Any], left: str | None) -> None:
    if not merged.changed:
        console.say("Nothing changed: the project is what its blueprint says.")
        return
    if answers["not_built"]:
        console.warn("the blueprint says this, and it is not built yet:", answers["not_built"])
    console.say(f"{len(merged.changed)} files changed. Next:")
    migration = [f"make migration NAME='{left}'", "make prove"] if left else []
    for line in ("git diff", *migration, "make check"):
        console.say(f"  {line}")
