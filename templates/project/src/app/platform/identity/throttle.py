"""How often somebody may try: an allowance that fills up with time (GCRA).

One statement decides and counts, so that parallel tries cannot slip past each other. It is run
in a transaction of its own, because the try counts even when the request fails.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert

from app.platform.db import Session
from app.platform.errors import TooMany
from app.platform.identity.models import Moment, Throttle
from app.platform.identity.tokens import keyed_hash


def take(session: Session, purpose: str, key: str, tries: int, period: timedelta) -> None:
    """Use one of `tries` that are given back evenly over `period`; raises TooMany without one."""
    now = datetime.now(UTC)
    step = period / tries
    digest = keyed_hash(purpose, key)
    first = insert(Throttle).values(key=digest, full_at=now + step)
    full = func.greatest(Throttle.full_at, literal(now, Moment)) + step
    taken = session.execute(
        first.on_conflict_do_update(
            index_elements=["key"],
            set_={"full_at": full},
            where=full <= literal(now + period, Moment),
        ).returning(Throttle.key)
    ).one_or_none()
    if taken is None:
        until = session.scalars(select(Throttle.full_at).where(Throttle.key == digest)).one()
        wait = (until + step - now - period).total_seconds()
        raise TooMany("Too many tries. Wait before you try again.", retry_after=math.ceil(wait))
