"""The system does not start with a provider that somebody could pretend to be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from app.registry import ROLES
from app.settings import single_sign_on as module
from app.settings.safety import DEVELOPMENT_SECRET
from app.settings.single_sign_on import SingleSignOn, check_single_sign_on

AGREED = {
    "public_url": "https://app.example.com",
    "sso_issuer": "https://accounts.example.com",
    "sso_client_secret": SecretStr("agreed with the provider"),
    "sso_demands": {"hd": "example.com"},
    "sso_roles": {},
    "sso_strength": "",
}


def agreed(**changes: Any) -> Any:
    return SimpleNamespace(**(AGREED | changes))


def test_what_was_agreed_is_taken() -> None:
    check_single_sign_on(agreed())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "http://app.example.com"),
        ("sso_issuer", "http://accounts.example.com"),
        ("sso_client_secret", SecretStr(DEVELOPMENT_SECRET)),
    ],
)
def test_what_anybody_could_read_or_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        check_single_sign_on(agreed(**{name: value}))


def test_what_the_provider_does_not_tell_is_not_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "UNTOLD", ("sso_strength",))
    check_single_sign_on(agreed())
    with pytest.raises(ValueError, match="sso_strength"):
        check_single_sign_on(agreed(sso_strength="high"))


def test_where_anybody_has_an_account_the_company_is_demanded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "DEMANDED", ("hd",))
    with pytest.raises(ValueError, match="sso_demands"):
        check_single_sign_on(agreed(sso_demands={}))


def test_groups_have_roles_that_there_are() -> None:
    everything: dict[str, Any] = {"sso_roles": {"The Office": sorted(ROLES)}}
    assert SingleSignOn(**everything).sso_roles == everything["sso_roles"]
    unknown: dict[str, Any] = {"sso_roles": {"The Office": ["no such role"]}}
    with pytest.raises(ValidationError, match="Input should be"):
        SingleSignOn(**unknown)
