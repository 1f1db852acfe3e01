"""Whom a move told, as far as that is known when it is made."""

from __future__ import annotations

from sqlalchemy import func, select

from app.platform.db import Entity
from app.platform.messages.models import Message
from app.platform.work import UnitOfWork


def told_by(work: UnitOfWork, row: Entity, move: str) -> tuple[list[str], list[str]]:
    """Give the paths along which the last of these moves tells somebody, and those to nobody."""
    mine = (Message.record_id == row.id, Message.move == move)
    last = select(func.max(Message.at)).where(*mine).scalar_subquery()
    blank = func.bool_and(Message.outcome == "blank")
    asked = select(Message.told, blank).where(*mine, Message.at == last).group_by(Message.told)
    found = work.session.execute(asked.order_by(Message.told)).all()
    told = [path for path, nobody in found if not nobody]
    return told, [path for path, _ in found if path not in told]
