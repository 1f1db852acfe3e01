"""Mails: how they are made, and how they reach a mail server that nobody can listen in on."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.platform.messages import mail
from app.platform.messages.mail import NotSent, Refused
from app.platform.messages.texts import Words
from app.settings import Settings
from tests.platform.jobs.certificate import trusted
from tests.platform.jobs.smtp import LATER, REFUSED, Post, serving

KEY = UUID("00000000-0000-7000-8000-0000000000aa")
Send = Callable[..., None]


@pytest.fixture
def send(chosen: Settings) -> Send:
    """Send a mail to a server on this machine."""

    def send(post: Post, to: str = "ana@example.com", **settings: Any) -> None:
        own = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "mail_from": "us@example.com"}
        told = chosen.model_copy(update=own | settings)
        mail.hand_over(told, mail.compose(told, KEY, to, Words("Grüße", "Hello, Zoë\n")))

    return send


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS, and that of somebody who trusts it."""
    return trusted(tmp_path)


def test_a_mail_says_what_was_meant_and_can_be_known_again(send: Send) -> None:
    with serving(Post()) as post:
        send(post, smtp_security="none")
    (taken,) = post.taken
    assert (taken["Subject"], taken.get_content()) == ("Grüße", "Hello, Zoë\r\n")
    assert (taken["To"], taken["Message-ID"]) == ("ana@example.com", f"<{KEY}@example.com>")
    assert taken["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address", ["a@b.c\r\nBcc: all@example.com", "", "a@", "a, b@c.d", "a@b.c, d@e.f", "no"]
)
def test_what_is_no_address_gets_nothing(chosen: Settings, address: str) -> None:
    with pytest.raises(Refused):
        mail.compose(chosen, KEY, address, Words("s", "b"))


@pytest.mark.parametrize(
    ("to", "settings", "error"),
    [
        (REFUSED, {}, Refused),
        (LATER, {}, NotSent),
        ("a@b.c", {"mail_from": "refused@x.y"}, Refused),
    ],
)
def test_a_refusal_says_whether_to_try_again_and_not_to_whom(
    send: Send, to: str, settings: dict[str, Any], error: type[NotSent]
) -> None:
    with serving(Post()) as post, pytest.raises(NotSent) as refused:
        send(post, to, smtp_security="none", **settings)
    assert type(refused.value) is error
    assert "@" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_sender_who_may_not_sign_in_tries_again(send: Send) -> None:
    told = {"smtp_security": "none", "smtp_user": "us"}
    with serving(Post()) as post:
        send(post, **told)
    assert len(post.taken) == 1
    with serving(Post(signs_in=False)) as post, pytest.raises(NotSent, match="sign-in failed"):
        send(post, **told)


def test_a_server_that_is_not_there_is_tried_again(send: Send) -> None:
    with serving(Post()) as post:
        pass
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        send(post)


def test_no_mail_goes_where_others_could_read_it(
    send: Send, contexts: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    with serving(Post()) as post, pytest.raises(NotSent, match="SMTPNotSupportedError"):
        send(post)
    stranger = Post(tls=contexts[0], offers_tls=True)
    with serving(stranger) as post, pytest.raises(NotSent, match="SSLCertVerificationError"):
        send(post)
    assert stranger.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_to_a_server_that_proves_who_it_is(
    send: Send,
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    monkeypatch.setattr(ssl, "create_default_context", lambda: contexts[1])
    offered = Post(tls=contexts[0], offers_tls=security == "starttls")
    with serving(offered, at_once_tls=security == "tls") as post:
        send(post, smtp_security=security)
    assert len(post.taken) == 1


def test_without_a_server_mails_lie_in_the_mailbox_or_wait(send: Send, tmp_path: Path) -> None:
    box = tmp_path / "box"
    send(Post(), smtp_host=None, mail_folder=box)
    send(Post(), smtp_host=None, mail_folder=box)
    (kept,) = mail.mailbox(box)
    assert kept["To"] == "ana@example.com"
    assert (box / f"{KEY}.eml").stat().st_mode & 0o77 == 0
    with pytest.raises(NotSent, match="APP_SMTP_HOST"):
        send(Post(), smtp_host=None, mail_folder=None)
