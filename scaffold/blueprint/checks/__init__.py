"""What a shape cannot say: names that must exist, rules between records."""

from __future__ import annotations

from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.report import Report


def check_all(blueprint: Blueprint, report: Report) -> None:
    """Report every fault in how the parts of the blueprint fit together."""
