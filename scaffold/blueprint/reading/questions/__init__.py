"""What looks unintended in a blueprint: one function a question, in the order of the codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.reading.questions import approvals, course, duties, entry, holdings, reach
from scaffold.blueprint.reading.questions.ground import Finding, Ground

CHECKS: dict[str, Callable[[Ground], Iterator[Finding]]] = {
    "approved-amount-editable": approvals.approved_amount_editable,
    "raises-own-limit": approvals.raises_own_limit,
    "approval-after-offer": approvals.approval_after_offer,
    "field-nobody-sees": reach.field_nobody_sees,
    "field-nobody-sets": entry.field_nobody_sets,
    "sees-but-never-finds": reach.sees_but_never_finds,
    "date-triggers-nothing": course.date_triggers_nothing,
    "total-not-sum": holdings.total_not_sum,
    "record-nobody-adds": entry.record_nobody_adds,
    "adds-but-cannot-see": entry.adds_but_cannot_see,
    "stage-without-way-in": course.stage_without_way_in,
    "stage-without-way-out": course.stage_without_way_out,
    "duties-one-person": duties.duties_one_person,
    "personal-without-keep": holdings.personal_without_keep,
    "sealed-but-searched": holdings.sealed_but_searched,
    "calculated-tells": reach.calculated_tells,
}
"""Every code of `words.FINDINGS` and the function that looks for it."""


def findings(blueprint: Blueprint) -> list[Finding]:
    """Everything that looks unintended, in the order of the codes."""
    ground = Ground(blueprint)
    return [found for check in CHECKS.values() for found in check(ground)]


__all__ = ["CHECKS", "Finding", "findings"]
