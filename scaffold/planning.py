"""What an update would change: the applied blueprint of a project beside the wanted one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scaffold.blueprint import Blueprint, BlueprintError, load
from scaffold.changing import SAFE, Change, differences
from scaffold.document import read_document
from scaffold.errors import ConflictError, InputError
from scaffold.project import ANSWERS_FILE, Project


@dataclass(frozen=True, slots=True)
class Plan:
    """The wanted blueprint of a project, and every difference to the applied one."""

    wanted: Blueprint
    changes: tuple[Change, ...]

    @property
    def stopping(self) -> tuple[Change, ...]:
        """The differences that an update does not make."""
        return tuple(change for change in self.changes if change.verdict != SAFE)


def make_plan(project: Project) -> Plan:
    """Compare what the answers say was applied with what `blueprint.yml` wants."""
    document = read_document(project.root)
    wanted = load(document.content, document.name)
    ids = {str(r["class"]): str(r["id"]) for r in project.answers["model"]["records"]}
    return Plan(wanted, tuple(differences(_applied(project), wanted, ids)))


def _applied(project: Project) -> Blueprint:
    text = project.answers.get("blueprint")
    if not isinstance(text, str):
        raise InputError(
            f"{ANSWERS_FILE} does not hold the blueprint that the project was made from.",
            f"bring it back with `git checkout {ANSWERS_FILE}`",
        )
    try:
        return load(text, f"the blueprint in {ANSWERS_FILE}")
    except BlueprintError as error:
        raise InputError(
            f"The blueprint that the project was made from is no longer legal:\n{error.message}",
            "update with the version that it was made with, mend these there, and update again",
        ) from error


def refuse_stopping(plan: Plan) -> None:
    """ConflictError with everything that needs a word, or another way."""
    if plan.stopping:
        raise ConflictError(
            f"Nothing was changed. {in_words(len(plan.stopping))} first:\n"
            + "\n".join(as_lines(plan.stopping)),
            "mend blueprint.yml, commit it, and update again; `scaffold plan` shows everything",
        )


def in_words(count: int) -> str:
    """How many differences have to be settled."""
    return "One difference has to be settled" if count == 1 else f"{count} have to be settled"


def as_lines(changes: Sequence[Change]) -> list[str]:
    """Each difference with its verdict, and below it what to write."""
    found: list[str] = []
    for change in changes:
        found.append(f"  {change.verdict:6}  {change.words}")
        if change.hint is not None:
            found.append(f"          {change.hint}")
    return found
