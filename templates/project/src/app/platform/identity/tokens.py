"""Secrets that are handed out once: 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from app.settings import settings

FORM = r"^[A-Za-z0-9_-]{43}$"
"""The form of every token: 32 bytes in URL-safe base64."""


def new_token() -> str:
    """A new token, to be shown or sent once."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept of a token. It is too random to be guessed, so SHA-256 is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def keyed_hash(purpose: str, text: str) -> bytes:
    """A hash that nobody without the secret key can make, for what could be guessed."""
    key = settings().secret_key.get_secret_value().encode()
    message = f"{purpose}\0{text}".encode("utf-8", "replace")
    return hmac.digest(key, message, hashlib.sha256)
