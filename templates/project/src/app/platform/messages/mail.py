"""E-mail: composed so that no value can reach a header, and handed to a mail server.

In development there need not be a server: mails are then put into a folder, the mailbox.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID

from app.platform.messages.texts import Words
from app.settings import Settings

SECONDS = 30
"""So long a mail server may take to answer."""
PERMANENT = 500
"""From here on, an answer of a mail server says that no other try can help."""


class NotSent(Exception):
    """The mail server did not take it; the text says why, without the address."""


class Refused(NotSent):
    """The mail server will never take it."""


def compose(chosen: Settings, message_id: UUID, address: str, words: Words) -> EmailMessage:
    """Make a mail to one address. Raises Refused for what is no address."""
    mail = EmailMessage(policy=policy.SMTP)
    sender = Address(addr_spec=chosen.mail_from)
    try:
        mail["To"] = Address(addr_spec=address)
    except (ValueError, IndexError):
        raise Refused("not an address") from None
    mail["From"] = Address(chosen.app_name, addr_spec=chosen.mail_from)
    mail["Subject"] = words.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{message_id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words.body)
    return mail


def hand_over(chosen: Settings, mail: EmailMessage) -> None:
    """Give a mail to the mail server, or put it into the mailbox of development.

    Raises NotSent and Refused.
    """
    if chosen.smtp_host is None:
        put_away(chosen, mail)
        return
    try:
        with connected(chosen) as server:
            server.send_message(mail)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()  # it has the mail: what it says now must not send it again
    except smtplib.SMTPRecipientsRefused as error:
        ((code, _words),) = error.recipients.values()
        raise (Refused if code >= PERMANENT else NotSent)(f"answer {code}") from None
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(f"sign-in failed, answer {error.smtp_code}") from None
    except smtplib.SMTPResponseException as error:
        refused = error.smtp_code >= PERMANENT
        raise (Refused if refused else NotSent)(f"answer {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from None


@contextmanager
def connected(chosen: Settings) -> Iterator[smtplib.SMTP]:
    """Connect to the mail server, so that nobody between can read along, and sign in."""
    host, port, trust = chosen.smtp_host or "", chosen.smtp_port, ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trust)
        if chosen.smtp_security == "tls"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    try:
        if chosen.smtp_security == "starttls":
            server.starttls(context=trust)
        if chosen.smtp_user is not None:
            server.login(chosen.smtp_user, chosen.smtp_password.get_secret_value())
        yield server
    finally:
        server.close()


def put_away(chosen: Settings, mail: EmailMessage) -> None:
    """Put a mail into the mailbox of development. Raises NotSent where there is none."""
    if chosen.mail_folder is None:
        raise NotSent("no mail server is set: APP_SMTP_HOST")
    chosen.mail_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = mail["Message-ID"].strip("<>").partition("@")[0]
    path = chosen.mail_folder / f"{name}.eml"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(mail.as_bytes())


def mailbox(folder: Path) -> list[EmailMessage]:
    """Give the mails in the mailbox of development, the oldest first."""
    found = sorted(folder.glob("*.eml"))
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]
