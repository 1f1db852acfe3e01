"""Signing in at a real provider, the one of development: what it accepts and what it refuses."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.platform.db import Session
from app.platform.identity import accounts
from app.platform.identity.sso import configured
from app.registry import ROLES
from app.settings import settings, use
from dev import DevelopmentError, people, provider
from dev.addresses import login_of
from tests.platform.sso.going import BACK, START

ADDRESS = "https://testserver"
SECONDS_TO_START = 60
ROLE = min(ROLES)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the provider keeps its things."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def running(state: Path) -> Iterator[None]:
    """The provider, which answers."""
    process = provider.start(ADDRESS, state)
    place = urlsplit(provider.agreed(state)["APP_SSO_ISSUER"])
    until = time.monotonic() + SECONDS_TO_START
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", place.port or 0)):
            assert process.poll() is None, (state / provider.FOLDER / "log.txt").read_text()
            assert time.monotonic() < until, "the provider does not start"
            time.sleep(0.1)
    yield
    process.terminate()
    process.wait(10)


@pytest.fixture
def believed(running: None, state: Path) -> Iterator[None]:
    """A system that believes it, as `make run` tells it to."""
    before, said = settings(), provider.agreed(state)
    chosen = {
        "public_url": ADDRESS,
        "sso_anybody": True,
        "sso_issuer": said["APP_SSO_ISSUER"],
        "sso_client_id": said["APP_SSO_CLIENT_ID"],
        "sso_client_secret": SecretStr(said["APP_SSO_CLIENT_SECRET"]),
        "sso_scopes": json.loads(said["APP_SSO_SCOPES"]),
        "sso_address_claim": said["APP_SSO_ADDRESS_CLAIM"],
        "sso_roles_claim": said["APP_SSO_ROLES_CLAIM"],
        "sso_roles": json.loads(said["APP_SSO_ROLES"]),
    }
    use(before.model_copy(update=chosen))
    configured.forget()
    yield
    use(before)
    configured.forget()


@pytest.fixture
def browser() -> Iterator[httpx2.Client]:
    """What goes to the provider, and keeps its cookies."""
    with httpx2.Client(trust_env=False) as web:
        yield web


def leave(client: TestClient) -> str:
    """Begin to sign in, and give the address at the provider."""
    return client.get(START, follow_redirects=False).headers["location"]


def be(browser: httpx2.Client, address: str, name: str) -> str:
    """Choose at the provider whom to be, and give where it sends the browser."""
    shown = browser.get(address)
    assert shown.status_code == 200, shown.text
    hidden = BeautifulSoup(shown.text, "html.parser").find("input", {"name": "transaction_id"})
    assert hidden is not None
    sent = {"transaction_id": hidden["value"], "username": name}
    return str(browser.post(address, data=sent).headers["location"])


def changed(address: str, **words: str) -> str:
    """Give the address with other words in its question."""
    parts = urlsplit(address)
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | words)).geturl()


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize(("name", "roles"), [(provider.YOU, sorted(ROLES)), (ROLE, [ROLE])])
def test_somebody_of_the_provider_has_the_roles_of_their_groups(
    client: TestClient, browser: httpx2.Client, name: str, roles: list[str]
) -> None:
    back = be(browser, leave(client), name)
    assert back.startswith(f"{ADDRESS}{BACK}?")
    answer = client.get(back, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    who = client.get("/api/v1/session").json()
    assert (who["login"], who["roles"]) == (login_of(name), roles)


@pytest.mark.usefixtures("believed")
def test_who_was_introduced_is_who_they_were(
    client: TestClient, browser: httpx2.Client, session: Session
) -> None:
    principal = people.standing_for(session, ROLE, login_of(ROLE))
    people.introduce(session, accounts.principal_for(session, "else@example.com"), ROLE)
    session.commit()
    client.get(be(browser, leave(client), ROLE), follow_redirects=False)
    assert client.get("/api/v1/session").json()["id"] == str(principal.id)


@pytest.mark.usefixtures("believed")
def test_a_code_is_taken_once(client: TestClient, browser: httpx2.Client) -> None:
    back = be(browser, leave(client), ROLE)
    waiting = dict(client.cookies)
    assert client.get(back, follow_redirects=False).status_code == 303
    client.cookies.clear()
    client.cookies.update(waiting)
    again = client.get(back, follow_redirects=False)
    assert (again.status_code, again.json()["code"]) == (401, "untrue")


@pytest.mark.usefixtures("believed")
def test_the_answer_to_another_browser_is_refused(
    client: TestClient, browser: httpx2.Client
) -> None:
    back = be(browser, leave(client), ROLE)
    client.cookies.clear()
    answer = client.get(back, follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (401, "begin_again")


@pytest.mark.usefixtures("believed")
def test_a_code_for_another_verifier_is_refused(client: TestClient, browser: httpx2.Client) -> None:
    foreign = changed(leave(client), code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    answer = client.get(be(browser, foreign, ROLE), follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")


@pytest.mark.usefixtures("believed")
def test_an_answer_to_another_nonce_is_refused(client: TestClient, browser: httpx2.Client) -> None:
    answer = client.get(
        be(browser, changed(leave(client), nonce="another"), ROLE), follow_redirects=False
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")


@pytest.mark.usefixtures("believed")
def test_the_provider_sends_nobody_elsewhere(client: TestClient, browser: httpx2.Client) -> None:
    elsewhere = changed(leave(client), redirect_uri="https://elsewhere.example/sign-in/back")
    answer = browser.get(elsewhere)
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.usefixtures("running")
def test_a_port_that_is_taken_is_said_and_nothing_moves(state: Path) -> None:
    before = provider.agreed(state)
    with pytest.raises(DevelopmentError, match="is taken"):
        provider.start(ADDRESS, state)
    assert provider.agreed(state) == before


def test_what_it_keeps_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    said = provider.agreed(tmp_path)
    assert said != provider.agreed(tmp_path / "another")
    process = provider.start(ADDRESS, tmp_path)
    process.terminate()
    process.wait(10)
    folder = tmp_path / provider.FOLDER
    written = [folder / "kept.json", folder / "settings.yaml", folder / "users.yaml"]
    assert [file.stat().st_mode & 0o077 for file in [folder, *written]] == [0] * 4
    assert said["APP_SSO_CLIENT_SECRET"] in written[1].read_text()


def test_where_every_port_is_taken_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "_is_free", lambda _port: False)
    with pytest.raises(DevelopmentError, match="are all taken"):
        provider.agreed(tmp_path)
