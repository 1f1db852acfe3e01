"""Single sign-on with a certified OpenID provider that runs beside a generated project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from dev.serving import answering, free_port
from tests.generated import certifying
from tests.generated.certifying import CLIENT, SECRET, Browser, wait_for
from tests.generated.making import Projects, surroundings

ROLE = "reception"
OTHER_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.fixture(scope="module")
def issuer() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def ours(
    issuer: str, projects: Projects, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a project whose staff have single sign-on, and which believes the provider."""
    project, port = projects.of("clinic_intake"), free_port()
    address = f"http://127.0.0.1:{port}"
    agreed = {
        "APP_PUBLIC_URL": address,
        "APP_SSO_ISSUER": issuer,
        "APP_SSO_CLIENT_ID": CLIENT,
        "APP_SSO_CLIENT_SECRET": SECRET,
        "APP_SSO_SCOPES": json.dumps(["openid", "email", "groups"]),
        "APP_SSO_ADDRESS_CLAIM": "email",
        "APP_SSO_ROLES_CLAIM": "groups",
        "APP_SSO_ROLES": json.dumps({"The Office": [ROLE]}),
        "APP_SIGN_IN_TRIES": "1000",
        "APP_LOG_LEVEL": "ERROR",
        "DEVELOPMENT_STATE": str(tmp_path_factory.mktemp("state") / ".dev"),
    }
    with answering(project, port, surroundings(project) | agreed, 1):
        yield address


@pytest.fixture(scope="module")
def said(issuer: str, ours: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the provider says, which runs."""
    folder = certifying.installed(tmp_path_factory.mktemp("certified") / "provider")
    with certifying.provider(folder, urlsplit(issuer).port or 0, ours) as file:
        yield file


@pytest.fixture
def browser(ours: str, said: Path) -> Iterator[Browser]:
    with httpx2.Client(trust_env=False, timeout=30) as web:
        yield Browser(web, ours)


def changed(address: str, **words: str) -> str:
    """Give the address with other words in its question."""
    parts = urlsplit(address)
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | words)).geturl()


def test_who_is_known_there_is_let_in_with_the_roles_of_their_groups(browser: Browser) -> None:
    answer = browser.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    who = browser.who().json()
    assert (who["login"], who["roles"]) == ("ana@example.com", [ROLE])


def test_an_answer_is_taken_once(browser: Browser) -> None:
    back = browser.identify(browser.leave())
    asked = browser.web.cookies["signing-in"]
    assert browser.come_back(back).status_code == 303
    with httpx2.Client(trust_env=False, cookies={"signing-in": asked}) as web:
        again = Browser(web, browser.ours).come_back(back)
    assert (again.status_code, again.json()["code"]) == (401, "untrue")


def test_the_answer_to_another_browser_is_refused(browser: Browser) -> None:
    back = browser.identify(browser.leave())
    with httpx2.Client(trust_env=False) as web:
        foreign = Browser(web, browser.ours)
        answer = foreign.come_back(back)
        assert (answer.status_code, answer.json()["code"]) == (401, "begin_again")
        assert foreign.who().status_code == 401


def test_a_code_for_another_verifier_is_refused(browser: Browser) -> None:
    back = browser.identify(changed(browser.leave(), code_challenge=OTHER_CHALLENGE))
    answer = browser.come_back(back)
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")


def test_an_answer_that_names_another_provider_is_refused(browser: Browser) -> None:
    back = browser.identify(browser.leave())
    answer = browser.come_back(changed(back, iss="https://elsewhere.example"))
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")


def test_what_ends_there_ends_here(browser: Browser, issuer: str, said: Path) -> None:
    browser.sign_in()
    assert browser.who().status_code == 200
    browser.sign_out_at_provider(issuer)
    wait_for(said, "told")
    assert browser.who().status_code == 401
