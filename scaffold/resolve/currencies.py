"""Which of several currencies a row's money is in: one more choice of each record with money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.paths import CURRENCY, currency_path


def with_currencies(blueprint: Blueprint, before: Sequence[str] = ()) -> Blueprint:
    """The blueprint in which each record with money says which of several it is in.

    Parts of what has money do not: theirs is that of their whole. It has no default: an amount
    in the wrong currency looks like any other. Rows of an existing project, which had these
    currencies `before`, are in the first of them.
    """
    if len(blueprint.currencies) < 2:  # noqa: PLR2004 - one is said once, and not in each row
        return blueprint
    first = (*before, *blueprint.currencies)[0]
    records = {
        name: _with_currency(blueprint, record, first) for name, record in blueprint.records.items()
    }
    return replace(blueprint, records=records)


def _with_currency(blueprint: Blueprint, record: Record, first: str) -> Record:
    if currency_path(blueprint, record) != (CURRENCY,):
        return record
    made = Field(
        CURRENCY,
        "choice",
        choices=blueprint.currencies,
        backfill=first,
        about="Which currency its money is in.",
    )
    return replace(record, fields=record.fields | {CURRENCY: made})
