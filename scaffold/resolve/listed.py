"""Which fields lists walk along, as `app.platform.indexes` tells it from their columns."""

from __future__ import annotations

from scaffold.blueprint.models import Field
from scaffold.blueprint.posture import Kind as Label
from scaffold.blueprint.posture import Level
from scaffold.resolve.kinds import KINDS

LONGEST_INDEXED = 2_704 // 4  # a letter takes up to four bytes
NOT_LISTED = ("json", "duration", "file")
TIMES = ("date", "datetime")


def is_listed(item: Field) -> bool:
    """Whether lists may be sorted or filtered by a column: it tells nothing about anybody."""
    told = item.level < Level.CONFIDENTIAL and Label.PERSONAL not in item.kinds
    return told and item.type not in NOT_LISTED and is_indexable(item)


def is_timely(item: Field) -> bool:
    """Whether its values grow as time goes by."""
    return item.type in TIMES or item.name == "number"


def is_indexable(item: Field) -> bool:
    """Whether PostgreSQL can index every value: not JSON, and no text above 2,704 bytes."""
    kind = KINDS[item.type]
    longest = int(item.max or kind.longest or 0) if kind.is_text else 0
    return item.type != "json" and longest <= LONGEST_INDEXED
