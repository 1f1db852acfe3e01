"""The job that sends a message.

The message's row is held from before it is sent until it is marked as sent, so no two workers send
it. What cannot be ruled out is that a worker dies after the mail server took the message and before
that is noted: then it is sent again, with the same Message-ID, by which mail systems know it.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from procrastinate import JobContext
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.jobs.queue import JOBS, GivenUp, Growing
from app.platform.jobs.system import ForCustomer, Sessions, system_work
from app.platform.messages.mail import NotSent, Refused, compose, hand_over
from app.platform.messages.models import Message
from app.platform.messages.texts import write
from app.platform.work import UnitOfWork

log = structlog.get_logger()


class Busy(Exception):
    """Another worker is sending it."""


@JOBS.task(name="send_message", queue="messages", retry=Growing(), pass_context=True)
def send_message(context: JobContext, message: str, tenant: str = "") -> None:
    """Send one message, unless that was done; `tenant` is the customer whose row it is about."""
    whose = UUID(tenant) if tenant else None
    deliver(ForCustomer(context.additional_context["database"], whose), UUID(message))


def deliver(database: Sessions, message_id: UUID) -> None:
    """Send a message and mark it as sent.

    Raises Busy and NotSent, after which it is tried again, and GivenUp.
    """
    with system_work(database, "messages:send") as work:
        asked = select(Message).where(Message.id == message_id, Message.outcome == "waiting")
        held = work.session.scalar(asked.with_for_update(skip_locked=True))
        if held is not None:
            send(work, held)
        elif work.session.scalar(asked) is not None:
            raise Busy


def send(work: UnitOfWork, message: Message) -> None:
    """Write and send a message that is held."""
    policy = POLICIES[message.record]
    row = work.session.get(policy.entity, message.record_id)
    if row is None or message.address is None:
        message.outcome = "gone"
    else:
        words = write(work, policy, row, message.move)
        try:
            mail = compose(work.settings, message.id, message.address.open(), words)
            hand_over(work.settings, mail)
        except NotSent as error:
            log.warning("message_not_sent", message=message.id, why=str(error))
            if isinstance(error, Refused):
                raise GivenUp from None
            raise
        message.outcome = "sent"
    message.address, message.ended_at = None, work.now
