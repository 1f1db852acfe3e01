"""The system does not start with settings that would leave it open."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app import settings as module
from app.settings import Settings, settings
from app.settings.safety import DEVELOPMENT_KEY, DEVELOPMENT_SECRET, is_private

AGREED = {
    "public_url": "https://app.example.com",
    "sso_issuer": "https://accounts.example.com",
    "sso_client_secret": secrets.token_urlsafe(32),
    "sso_demands": {"hd": "example.com"},
}
"""What systems with single sign-on have agreed with a provider."""
SOCKET = "postgresql+psycopg://app@/app?host=/run/postgresql"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("APP_"):
            monkeypatch.delenv(name)


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def production(**changes: Any) -> Settings:
    safe = {
        "database_url": SOCKET,
        "secret_key": secrets.token_urlsafe(32),
        "sealing_keys": {"2026": key()},
        "blind_index_key": key(),
        "allowed_hosts": ["app.example.com"],
    }
    agreed = {name: value for name, value in AGREED.items() if name in Settings.model_fields}
    return Settings(**(safe | agreed | changes))


def test_safe_settings_are_accepted_and_production_is_the_default() -> None:
    assert production().environment == "production"
    assert not production().relaxed


@pytest.mark.parametrize("secret", ["", "short", "changeme" * 8, DEVELOPMENT_SECRET])
def test_a_weak_or_public_secret_is_refused_in_production(secret: str) -> None:
    with pytest.raises(ValidationError, match="secret_key"):
        production(secret_key=secret)


def test_files_cross_no_plain_connection_in_production() -> None:
    with pytest.raises(ValidationError, match="files_endpoint"):
        production(files_bucket="files", files_endpoint="http://store.example.com")
    store = "https://store.example.com"
    assert production(files_bucket="files", files_endpoint=store).files_endpoint == store


@pytest.mark.parametrize(
    "changes", [{"sealing_keys": {"a": DEVELOPMENT_KEY}}, {"blind_index_key": DEVELOPMENT_KEY}]
)
def test_the_development_key_is_refused_in_production(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="development key"):
        production(**changes)


def test_development_works_with_the_development_keys() -> None:
    chosen = Settings(environment="development", database_url="postgresql+psycopg://a:b@db/app")
    assert chosen.relaxed


@pytest.mark.parametrize("bad", ["not base64!", base64.b64encode(b"too short").decode()])
def test_a_key_that_is_no_key_is_refused_everywhere(bad: str) -> None:
    with pytest.raises(ValidationError, match="key 2026"):
        Settings(environment="development", database_url=SOCKET, sealing_keys={"2026": bad})


def test_there_is_at_least_one_sealing_key() -> None:
    with pytest.raises(ValidationError, match="at least one key"):
        production(sealing_keys={})


def test_any_host_is_refused_in_production() -> None:
    with pytest.raises(ValidationError, match="allowed_hosts"):
        production(allowed_hosts=["*"])


def test_cheap_hashes_are_for_tests_alone() -> None:
    with pytest.raises(ValidationError, match="password_memory_kib"):
        production(password_memory_kib=8)


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="IANA"):
        production(time_zone="Mars/Olympus")


@pytest.mark.parametrize("name", ["database_url", "owner_database_url"])
def test_a_connection_that_others_can_read_is_refused_in_production(name: str) -> None:
    with pytest.raises(ValidationError, match=rf"\b{name}"):
        production(**{name: "postgresql+psycopg://app:x@db/app?sslmode=require"})


@pytest.mark.parametrize(
    ("url", "private"),
    [
        (SOCKET, True),
        ("postgresql+psycopg:///app", True),
        ("postgresql+psycopg://a@db/app?sslmode=verify-full", True),
        ("postgresql+psycopg://a@db/app", False),
        ("postgresql+psycopg://a@db/app?sslmode=disable", False),
        ("postgresql+psycopg://a@db/app?sslmode=verify-ca", False),
        ("postgresql+psycopg://a@db/app?sslmode=disable&sslmode=verify-full", False),
        ("postgresql+psycopg:///app?host=db", False),
        ("postgresql+psycopg:///app?host=/run&host=db", False),
        ("postgresql+psycopg:///app?hostaddr=10.0.0.1", False),
        ("postgresql+psycopg:///app?service=main", False),
        ("postgresql+psycopg://db/app?host=/run", False),
    ],
)
def test_only_sockets_and_verified_connections_are_private(url: str, private: bool) -> None:
    assert is_private(url) is private


@pytest.mark.parametrize(
    "changes", [{"smtp_host": "mail", "smtp_security": "none"}, {"mail_folder": "mailbox"}]
)
def test_mail_that_others_can_read_is_refused_in_production(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"smtp_security|mail_folder"):
        production(**changes)
    assert production(smtp_host="mail").smtp_security == "starttls"


def test_errors_and_representations_show_no_secret() -> None:
    canary = "canary-5150"
    with pytest.raises(ValidationError) as caught:
        production(secret_key=canary, database_url=f"postgresql+psycopg://a:{canary}@db/app")
    shown = production(database_url=f"{SOCKET}&password={canary}")
    assert canary not in f"{caught.value}{shown!r}"


def test_settings_are_read_once_from_the_environment_and_secret_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module._Process, "chosen", None)
    monkeypatch.setattr(module, "SECRETS", tmp_path)
    monkeypatch.setenv("APP_ENVIRONMENT", "development")
    (tmp_path / "app_database_url").write_text(SOCKET)
    assert settings().database_url == SOCKET
    assert settings() is settings()


def test_without_secret_files_the_environment_alone_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module._Process, "chosen", None)
    monkeypatch.setattr(module, "SECRETS", tmp_path / "missing")
    with pytest.raises(ValidationError, match="database_url"):
        settings()
