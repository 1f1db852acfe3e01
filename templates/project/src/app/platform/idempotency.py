"""Adding something once, however often the request arrives.

A caller that does not know whether its request arrived sends it again with the same
Idempotency-Key. What is kept is who asked, where, a keyed hash of the body and the id of what was
made: never the body. The repeated request gets the record as it is now, within today's rights.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base, Entity
from app.platform.errors import Conflict, NotFound
from app.platform.schemas import In
from app.platform.work import UnitOfWork

Row = TypeVar("Row", bound=Entity)


class IdempotencyKey(Base):
    """A key that an actor used on a route, and what came of it."""

    __tablename__ = "platform_idempotency_keys"

    actor_id: Mapped[UUID] = mapped_column(
        ForeignKey("platform_principals.id", ondelete="CASCADE"),
        primary_key=True,
        info={"data": "internal"},
    )
    route: Mapped[str] = mapped_column(String(300), primary_key=True, info={"data": "internal"})
    key: Mapped[str] = mapped_column(String(100), primary_key=True, info={"data": "internal"})
    body_hash: Mapped[bytes] = mapped_column(LargeBinary, info={"data": "internal"})
    record_id: Mapped[UUID | None] = mapped_column(info={"data": "internal"})
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info={"data": "internal"})


def once(work: UnitOfWork, body: In, add: Callable[[], Row]) -> Row:
    """Add a row, or give again the one that the same request added before.

    Raises Conflict when the key was used for another request, and NotFound when what was added has
    been removed.
    """
    if work.idempotency_key is None:
        return add()
    digest = hash_of(work, body)
    mine = {"actor_id": work.actor.id, "route": work.route, "key": work.idempotency_key}
    # Of two requests at once, the second waits here until the first is committed.
    first = work.session.execute(
        insert(IdempotencyKey)
        .values(**mine, body_hash=digest, created_at=work.now)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    ).one_or_none()
    if first is not None:
        row = add()
        work.session.execute(update(IdempotencyKey).filter_by(**mine).values(record_id=row.id))
        return row
    known = work.session.get_one(IdempotencyKey, tuple(mine.values()))
    if not hmac.compare_digest(known.body_hash, digest) or known.record_id is None:
        raise Conflict("This Idempotency-Key was used for another request.", code="key_reused")
    added = cast("Row | None", work.session.get(work.policy.entity, known.record_id))
    if added is None:
        raise NotFound("What this request once added was removed since then.")
    return added


def only_once(work: UnitOfWork, key: str, said: str) -> None:
    """Go on the first time alone; raises Conflict, which says so, when this was done before.

    Of two requests at once, the second waits until the first is committed, or gives up what it did.
    """
    noted = {"actor_id": work.actor.id, "route": work.route, "key": key}
    first = work.session.execute(
        insert(IdempotencyKey)
        .values(**noted, body_hash=key.encode(), created_at=work.now)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    ).one_or_none()
    if first is None:
        raise Conflict(said, code="done_already")


def hash_of(work: UnitOfWork, body: In) -> bytes:
    """Give the keyed hash of a body, which tells nothing to whoever reads the table."""
    key = work.settings.secret_key.get_secret_value().encode()
    return hmac.digest(key, body.model_dump_json().encode(), hashlib.sha256)
