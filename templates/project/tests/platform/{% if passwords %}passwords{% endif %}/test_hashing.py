"""Passwords: length instead of rules, nothing guessable, and the same work for everybody."""

from __future__ import annotations

from threading import BoundedSemaphore

import pytest
from argon2 import PasswordHasher

from app.platform.errors import Invalid, TooMany
from app.platform.identity.passwords import hashing
from app.settings import PASSWORD_MIN, settings


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "wir fahren im mai nach bern",
        "ünïcödé bleibt wie sie ist",
        "0123 9876 5511 4200 7763",
        "x7" * 8 + "qual me",
        "spaces at the end count   ",
    ],
)
def test_any_kind_of_characters_will_do(password: str) -> None:
    hashing.check_password(password)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        hashing.check_password("fish and chips!"[: PASSWORD_MIN - 1], field="current")
    (fault,) = caught.value.errors
    assert (fault.field, fault.code) == ("current", "too_short")


@pytest.mark.parametrize(
    "password",
    [
        "password1234567",
        "PasswordPassword",
        "ana.bernasconi@example",
        "bernasconi example 1",
        "aaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "qwertyqwertyqwerty",
    ],
)
def test_a_password_made_of_what_others_would_try_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as caught:
        hashing.check_password(password, "ana.bernasconi@example.com")
    assert caught.value.errors[0].code == "too_easy"
    assert password not in f"{caught.value}{caught.value.errors}"


def test_a_password_of_the_system_s_name_is_refused() -> None:
    chosen = settings().model_copy(update={"app_name": "Bergbahn Planner"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "settings", lambda: chosen)
        with pytest.raises(Invalid):
            hashing.check_password("bergbahn planner 7")


def test_the_hash_is_argon2id_salted_and_fits_its_password_alone() -> None:
    known = hashing.hashed("correct horse battery staple")
    assert known.startswith("$argon2id$")
    assert known != hashing.hashed("correct horse battery staple")
    assert hashing.fits("correct horse battery staple", known)
    assert not hashing.fits("correct horse battery stable", known)
    assert not hashing.fits("correct horse battery staple ", known)


def test_production_takes_19_mib_two_passes_and_one_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    strong = settings().model_copy(update={"password_memory_kib": 19_456})
    monkeypatch.setattr(hashing, "settings", lambda: strong)
    assert "$m=19456,t=2,p=1$" in hashing.hashed("correct horse battery staple")


def test_without_a_hash_nothing_fits_and_the_work_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    real = PasswordHasher.verify

    def counting(self: PasswordHasher, known: str, password: str) -> bool:
        calls.append(known)
        return real(self, known, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    assert not hashing.fits("", None)
    assert not hashing.fits("anything", None)
    assert len(calls) == 2


def test_a_broken_hash_fits_nothing() -> None:
    assert not hashing.fits("anything", "not a hash")


def test_a_hash_with_other_parameters_is_outdated() -> None:
    assert hashing.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not hashing.is_outdated(hashing.hashed("x"))


def test_when_too_many_hash_at_once_the_next_is_told_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(hashing, "_gate", lambda _at_once: full)
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.01)
    with pytest.raises(TooMany) as caught:
        hashing.hashed("correct horse battery staple")
    assert caught.value.headers["Retry-After"] == "1"
