"""Questions about separation of duties: can one person walk around it?"""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Move, Workflow
from scaffold.blueprint.reading.english import quoted, spoken
from scaffold.blueprint.reading.nouns import role_noun
from scaffold.blueprint.reading.questions.ground import Finding, Ground, reached, workflows


def duties_one_person(ground: Ground) -> Iterator[Finding]:
    """A second move that another person has to make, and a way past that."""
    for record, workflow in workflows(ground):
        for move in workflow.moves.values():
            first = workflow.moves.get(move.not_same_person_as or "")
            if first is None:
                continue
            text = _never_made(workflow, move, first) or _other_way(workflow, move, first)
            if text:
                path = f"records.{record.name}.workflow.moves.{move.name}"
                yield Finding("duties-one-person", text, path, record.name, "risk")


def _never_made(workflow: Workflow, move: Move, first: Move) -> str | None:
    """The stage before can be reached without the first move: then nobody is kept out."""
    without = reached(workflow, workflow.stages[:1], lambda other: other.name != first.name)
    early = [stage for stage in move.from_ if stage in without]
    if not early or move.name == first.name or _leads_back(workflow, first):
        return None
    return (
        f"{_named(move)} is not for whoever made {_named(first)}, but {spoken(early[0])} can be "
        f"reached without that move, and then one person can do all of it; is that meant?"
    )


def _leads_back(workflow: Workflow, move: Move) -> bool:
    """Whether the move only returns to a stage that was passed before, as reopening does."""
    before = reached(workflow, workflow.stages[:1], lambda other: other.to != move.to)
    return workflow.stages[0] == move.to or not before & frozenset(move.from_)


def _other_way(workflow: Workflow, move: Move, first: Move) -> str | None:
    """One role leads from the first move to the same end by other moves."""
    for role in first.by:
        ways = {
            other.name
            for other in workflow.moves.values()
            if role in other.by
            and other.name not in (move.name, first.name)
            and other.not_same_person_as != first.name
        }
        end = reached(workflow, [first.to], lambda other, ways=ways: other.name in ways)  # type: ignore[misc]
        if move.to in end and move.to != first.to:
            return _around(move, first, role)
    return None


def _around(move: Move, first: Move, role: str) -> str:
    who = role_noun(role).text
    return (
        f"{_named(move)} is not for whoever made {_named(first)}, but one person of {who} can "
        f"make {_named(first)} and then reach {spoken(move.to)} by other moves; is that meant?"
    )


def _named(move: Move) -> str:
    return f"the move {quoted(spoken(move.name))}"
