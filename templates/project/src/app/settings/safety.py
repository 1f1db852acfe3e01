"""What a secret and an address have to be like where other people's data is."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import parse_qs, urlsplit

DEVELOPMENT_SECRET = "for-development-only-0123456789-abcdefghijklm"  # noqa: S105
DEVELOPMENT_KEY = base64.b64encode(b"for-development-only-32-bytes-ab").decode()
KEY_BYTES = 32
DISTINCT_CHARACTERS = 12
"""A random secret of 32 characters has more; `changeme` written four times has not."""


def is_private(url: str) -> bool:
    """Whether nobody between here and the database can listen in or pretend to be it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if query.get("sslmode"):
        return set(query["sslmode"]) == {"verify-full"}
    hosts = [host for name in ("host", "hostaddr", "service") for host in query.get(name, [])]
    hosts += [parts.hostname] if parts.hostname else []
    return all(host.startswith("/") for host in hosts)


def check_key(name: str, key: str) -> None:
    """Raises ValueError for a key that is not 32 bytes in base64."""
    try:
        length = len(base64.b64decode(key, validate=True))
    except binascii.Error as error:
        raise ValueError(f"key {name}: not base64") from error
    if length != KEY_BYTES:
        raise ValueError(f"key {name}: {KEY_BYTES} bytes are needed, {length} were given")


def check_secret(secret: str) -> None:
    """Raises ValueError for a secret that can be guessed."""
    if len(secret) < KEY_BYTES or len(set(secret)) < DISTINCT_CHARACTERS:
        raise ValueError(f"secret_key: too weak; use {KEY_BYTES} random characters or more")
    if secret == DEVELOPMENT_SECRET:
        raise ValueError("secret_key: the development secret is public")
