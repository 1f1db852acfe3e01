"""A mail server for tests, in threads: it takes mails, refuses some, and can speak TLS."""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

REFUSED = "refused@example.com"
LATER = "later@example.com"
ANSWERS = {REFUSED: "550 no such person", LATER: "451 not now"}
"""What the server says to mails for these two."""


@dataclass
class Post:
    """What a mail server took, and how it is reached."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    offers_tls: bool = False
    signs_in: bool = True
    seconds: float = 0
    """So long it takes over a mail."""


class Talk(socketserver.StreamRequestHandler):
    """One connection, as much of RFC 5321 as smtplib needs."""

    post: Post

    def handle(self) -> None:
        """Answer commands until the other side goes."""
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word, _, rest = line.partition(" ")
            answer = getattr(self, f"on_{word.lower()}", None)
            self.say("250 fine" if answer is None else answer(rest))
            if word == "STARTTLS":
                assert self.post.tls is not None
                self.connection = self.post.tls.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile: Any = self.connection.makefile("wb", buffering=0)

    def finish(self) -> None:
        """Hang up."""
        super().finish()
        self.connection.close()

    def on_quit(self, _rest: str) -> str:
        """Say something that a client might take for a refusal of the mail."""
        return "554 no goodbye"

    def say(self, answer: str) -> None:
        """Answer a command."""
        self.wfile.write(answer.encode() + b"\r\n")

    def on_ehlo(self, _name: str) -> str:
        """Say what is offered."""
        offered = ["here", "AUTH PLAIN"] + ["STARTTLS"] * self.post.offers_tls
        return "\r\n".join([*(f"250-{one}" for one in offered), "250 8BITMIME"])

    def on_starttls(self, _rest: str) -> str:
        """Begin to speak TLS."""
        return "220 go ahead"

    def on_auth(self, _rest: str) -> str:
        """Let in, or not."""
        return "235 welcome" if self.post.signs_in else "535 who are you"

    def on_mail(self, rest: str) -> str:
        """Refuse senders that are called so."""
        return "553 not you" if "<refused" in rest.lower() else "250 fine"

    def on_rcpt(self, rest: str) -> str:
        """Refuse some people."""
        return next((said for who, said in ANSWERS.items() if who in rest), "250 fine")

    def on_data(self, _rest: str) -> str:
        """Take a mail."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        read: Any = message_from_bytes(b"".join(lines), policy=policy.default)
        time.sleep(self.post.seconds)
        self.post.taken.append(read)
        return "250 taken"


class Server(socketserver.ThreadingTCPServer):
    """The server; connections that are open do not keep it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, post: Post, *, at_once_tls: bool) -> None:
        self.post, self.at_once_tls = post, at_once_tls
        super().__init__(("127.0.0.1", 0), type("TalkOfThis", (Talk,), {"post": post}))

    def get_request(self) -> tuple[Any, Any]:
        """Take a connection, in TLS from the start if it is such a server."""
        connection, address = super().get_request()
        if self.at_once_tls and self.post.tls is not None:
            connection = self.post.tls.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up."""


@contextmanager
def serving(post: Post, *, at_once_tls: bool = False) -> Iterator[Post]:
    """Run a mail server."""
    with Server(post, at_once_tls=at_once_tls) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
