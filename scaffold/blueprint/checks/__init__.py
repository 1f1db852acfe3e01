"""What a shape cannot say: names that must exist, rules between records."""

from __future__ import annotations

from scaffold.blueprint.checks.cycles import check_cycles
from scaffold.blueprint.checks.history import check_history
from scaffold.blueprint.checks.keeping import check_keep, check_link
from scaffold.blueprint.checks.labels import check_labels
from scaffold.blueprint.checks.moments import check_moments
from scaffold.blueprint.checks.naming import check_names, check_record_names
from scaffold.blueprint.checks.overall import check_overall
from scaffold.blueprint.checks.permissions import check_permissions
from scaffold.blueprint.checks.relations import check_relations
from scaffold.blueprint.checks.room import check_room
from scaffold.blueprint.checks.workflows import check_workflow
from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.report import Report

_OF_A_RECORD = (
    check_record_names,
    check_relations,
    check_permissions,
    check_workflow,
    check_labels,
    check_link,
    check_keep,
    check_moments,
    check_room,
)


def check_all(blueprint: Blueprint, report: Report) -> None:
    """Report every fault in how the parts of the blueprint fit together."""
    check_overall(blueprint, report)
    check_names(blueprint, report)
    for record in blueprint.records.values():
        for check in _OF_A_RECORD:
            check(blueprint, record, report)
    check_history(blueprint, report)
    check_cycles(blueprint, report)
