"""Passwords: long enough, not guessable from the context, kept as argon2id hashes.

There are no rules about kinds of characters and no forced changes: length protects, such rules
do not. Hashing takes 19 MiB and about 30 ms each; a semaphore bounds how many run at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.platform.errors import FieldError, Invalid, TooMany
from app.settings import PASSWORD_MIN, settings

LONGEST = 128
WAIT_SECONDS = 5
FEWEST_DISTINCT = 5
SHORTEST_WORD = 3
COMMON = ("password", "passwort", "qwerty", "letmein", "welcome", "iloveyou", "1234567", "abcdefg")


def hashed(password: str) -> str:
    """The argon2id hash of a password; raises TooMany when too many are being hashed."""
    with _turn():
        return _hasher().hash(password)


def fits(password: str, known: str | None) -> bool:
    """Whether the password is the one behind the hash `known`.

    Without a hash the same work is done on a hash of nothing, so that the time taken does not
    tell whether somebody is known.
    """
    with _turn():
        try:
            _hasher().verify(known or _nothing(), password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return known is not None


def is_outdated(known: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(known)


def check_password(password: str, *context: str, field: str = "password") -> None:
    """Refuse with Invalid a password that is too short, or guessable from words of the context."""
    if len(password) < PASSWORD_MIN:
        words = f"Use at least {PASSWORD_MIN} characters; a few words are fine."
        _refuse(field, "too_short", words)
    plain = password.casefold()
    rest = plain
    for word in _guessable(*context):
        rest = rest.replace(word, "")
    if len(rest) * 2 < len(plain) or len(set(plain)) < FEWEST_DISTINCT:
        _refuse(field, "too_easy", "This is easy to guess. Use words that do not go together.")


def _guessable(*context: str) -> Iterator[str]:
    """The words that others would try first, longest first."""
    whole = [text.casefold() for text in (settings().app_name, *context)]
    parts = " ".join(whole)
    for mark in "@.-_+&'":
        parts = parts.replace(mark, " ")
    words = {word for word in [*whole, *parts.split()] if len(word) >= SHORTEST_WORD}
    yield from sorted(words.union(COMMON), key=lambda word: (-len(word), word))


def _refuse(field: str, code: str, message: str) -> None:
    raise Invalid("Choose another password.", errors=[FieldError(field, code, message)])


@contextmanager
def _turn() -> Iterator[None]:
    gate = _gate(settings().password_parallel)
    if not gate.acquire(timeout=WAIT_SECONDS):
        raise TooMany("Many people are signing in just now. Try again in a moment.")
    try:
        yield
    finally:
        gate.release()


@lru_cache(maxsize=1)
def _gate(at_once: int) -> BoundedSemaphore:
    return BoundedSemaphore(at_once)


def _hasher() -> PasswordHasher:
    return _hasher_with(settings().password_memory_kib)


@lru_cache(maxsize=1)
def _hasher_with(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


def _nothing() -> str:
    return _nothing_with(settings().password_memory_kib)


@lru_cache(maxsize=1)
def _nothing_with(memory_kib: int) -> str:
    return _hasher_with(memory_kib).hash("")
