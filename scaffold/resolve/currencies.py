"""Which of several currencies a row's money is in: one more choice of each record with money."""

from __future__ import annotations

from dataclasses import replace

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.paths import has_money
from scaffold.resolve.kept import Applied

CURRENCY = "currency"


def with_currencies(blueprint: Blueprint, applied: Applied = None) -> Blueprint:
    """The blueprint in which each record with money says which of several it is in.

    It has no default: an amount in the wrong currency looks like any other. Rows of an existing
    project, whose `applied` answers say so, are in the one that came first when they were made.
    """
    if len(blueprint.currencies) < 2:  # noqa: PLR2004 - one is said once, and not in each row
        return blueprint
    before = (applied or {}).get("currencies") or blueprint.currencies
    records = {
        name: _with_currency(record, blueprint.currencies, before[0])
        for name, record in blueprint.records.items()
    }
    return replace(blueprint, records=records)


def _with_currency(record: Record, allowed: tuple[str, ...], before: str) -> Record:
    if not has_money(record):
        return record
    made = Field(
        CURRENCY,
        "choice",
        choices=allowed,
        backfill=before,
        about="Which currency its money is in.",
    )
    return replace(record, fields=record.fields | {CURRENCY: made})
