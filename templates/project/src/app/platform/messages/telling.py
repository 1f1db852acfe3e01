"""Telling people of a move: written down with the move itself, and sent by a job."""

from __future__ import annotations

from app.platform.access import Policy
from app.platform.apart import tenant_of
from app.platform.db import Entity, new_id
from app.platform.jobs.queue import later
from app.platform.messages.delivery import send_message
from app.platform.messages.models import Message
from app.platform.messages.recipients import addresses
from app.platform.work import UnitOfWork


def tell(work: UnitOfWork, policy: Policy, row: Entity, name: str) -> None:
    """Write down whom a move tells, in its transaction: neither can be without the other.

    Who is told twice by one move gets one message. Where there is nobody to tell, that is noted.
    """
    told: set[str] = set()
    tenant = tenant_of(row)
    for path in policy.workflow.moves[name].tells:
        found = [address for address in addresses(work, row, path) if address not in told]
        told.update(found)
        people: list[str | None] = [*found] or [None]
        for address in people:
            message = Message(
                id=new_id(),
                record=policy.table.name,
                record_id=row.id,
                move=name,
                told=path,
                address=address,
                outcome="blank" if address is None else "waiting",
                at=work.now,
                tenant__id=tenant,
            )
            work.session.add(message)
            if address is not None:
                whose = str(tenant or "")
                later(work.session, send_message, message=str(message.id), tenant=whose)
