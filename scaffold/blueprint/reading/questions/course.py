"""Questions about the course of things: stages, and dates that should set something off."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Field, Record, Workflow
from scaffold.blueprint.reading.english import spoken, word_set
from scaffold.blueprint.reading.questions.ground import Finding, Ground, reached, workflows

_ENDS = word_set(
    "accepted answered approved archived canceled cancelled closed complete completed declined "
    "delivered discharged dismissed done ended expired failed finished fulfilled left lost met "
    "obsolete paid passed published received refunded refused rejected resolved retired returned "
    "settled signed sold terminated void voided withdrawn won written_off"
)
_DEADLINE_WORDS = word_set(
    "due deadline until expiry expiration expires expire renewal renews next promised remind "
    "reminder target"
)
_BY_WHEN = frozenset(("by", "until"))


def stage_without_way_in(ground: Ground) -> Iterator[Finding]:
    """A stage that no move leads to from the start."""
    for record, workflow in workflows(ground):
        found = _reachable(ground, record, workflow)
        for stage in workflow.stages:
            if stage not in found:
                one = ground.words.one(record.name).a
                text = f"no move leads {one} to {spoken(stage)}; how does it get there?"
                yield _of_stage("stage-without-way-in", text, record)


def stage_without_way_out(ground: Ground) -> Iterator[Finding]:
    """A stage that nothing leads out of and that does not look like an end."""
    for record, workflow in workflows(ground):
        found = _reachable(ground, record, workflow)
        for stage in workflow.stages:
            if stage in found and _stuck(ground, record, workflow, stage):
                one = ground.words.one(record.name).a
                text = (
                    f"no move leads {one} out of {spoken(stage)}, which is not locked either; is "
                    f"it the end, or is a move missing?"
                )
                yield _of_stage("stage-without-way-out", text, record)


def _reachable(ground: Ground, record: Record, workflow: Workflow) -> frozenset[str]:
    return reached(workflow, workflow.stages[:1], lambda move: ground.possible(record, move))


def _stuck(ground: Ground, record: Record, workflow: Workflow, stage: str) -> bool:
    leads_out = any(
        stage in move.from_ and move.to != stage and ground.possible(record, move)
        for move in workflow.moves.values()
    )
    looks_like_an_end = stage in workflow.locked or stage in _ENDS
    return not leads_out and not looks_like_an_end and len(workflow.stages) > 1


def _of_stage(code: str, text: str, record: Record) -> Finding:
    return Finding(code, text, f"records.{record.name}.workflow.stages", record.name, "broken")


def date_triggers_nothing(ground: Ground) -> Iterator[Finding]:
    """A date that sounds like a deadline, and nothing happens when it passes."""
    used = _dates_in_use(ground)
    for record in ground.records.values():
        for field in record.fields.values():
            if _is_deadline(field) and (record.name, field.name) not in used:
                noun = ground.words.field(record.name, field.name)
                one = ground.words.one(record.name).a
                text = f"nothing happens when {noun.the} of {one} passes; should something?"
                path = f"records.{record.name}.fields.{field.name}"
                yield Finding("date-triggers-nothing", text, path, record.name, "risk")


def _is_deadline(field: Field) -> bool:
    words = field.name.split("_")
    ends = words[0] in ("ends", "valid") and words[-1] in ("at", "on", "until")
    sounds = ends or words[-1] in _BY_WHEN or bool(_DEADLINE_WORDS & set(words))
    return field.type in ("date", "datetime") and sounds and field.calculated is None


def _dates_in_use(ground: Ground) -> frozenset[tuple[str, str]]:
    """Dates that the clock, a keeping rule, a condition or a calculation looks at."""
    found: set[tuple[str, str]] = set()
    for record in ground.records.values():
        if record.keep:
            found.add((record.name, record.keep.after))
        for field in record.fields.values():
            if field.calculated:
                found |= ground.reads(record, field.calculated)
        for move in record.workflow.moves.values() if record.workflow else ():
            if move.once_past:
                found |= _behind(ground, record, move.once_past)
            if move.if_:
                found |= ground.reads(record, move.if_)
    return frozenset(found)


def _behind(ground: Ground, record: Record, name: str) -> frozenset[tuple[str, str]]:
    field = record.fields.get(name)
    more = ground.reads(record, field.calculated) if field and field.calculated else frozenset()
    return frozenset({(record.name, name)}) | more
