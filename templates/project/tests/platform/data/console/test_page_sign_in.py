"""Signing in and out on pages."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.platform.db import Session
from app.platform.identity import accounts
from app.platform.identity.cookie import cookie_name
from tests.platform.data.console.filling import AsSomebody
from tests.platform.data.console.reading import Read

LOGIN, PASSWORD = "ana@example.com", " a password with spaces around it "


@pytest.fixture
def account(session: Session) -> None:
    """Somebody who can sign in."""
    principal = accounts.principal_for(session, LOGIN)
    accounts.set_password(session, principal, PASSWORD)
    accounts.set_roles(session, principal, ["keeper"])
    session.commit()


def sign_in(web: TestClient, **said: str) -> Any:
    """Send the form."""
    form = {"login": LOGIN, "password": PASSWORD, "next": "/records/shelves"} | said
    return web.post("/sign-in", data=form, follow_redirects=False)


def test_who_is_not_signed_in_is_sent_to_do_so_and_back(web: TestClient, account: None) -> None:
    page = Read(web.get("/records/shelves"))
    assert (page.answer.url.path, page.texts("h1")) == ("/sign-in", ["Sign in"])
    form = page.form("/sign-in")
    assert form["next"] == "/records/shelves"
    answer = sign_in(web, next=form["next"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/records/shelves")
    assert Read(web.get("/records/shelves")).texts("h1") == ["Shelves"]


@pytest.mark.parametrize(
    "said",
    [
        {"password": "another"},
        {"login": "bob@example.com"},
        {"login": "no address"},
        {"password": ""},
    ],
)
def test_what_does_not_fit_is_refused_in_the_same_words(
    web: TestClient, account: None, said: dict[str, str]
) -> None:
    answer = sign_in(web, **said)
    page = Read(answer)
    assert answer.status_code in (401, 422)
    assert page.texts("[role=alert]") == ["This e-mail address and password do not fit."]
    form = page.form("/sign-in")
    assert (form["login"], form["password"]) == (said.get("login", LOGIN), "")
    assert cookie_name() not in web.cookies


def test_too_many_tries_are_refused(web: TestClient, account: None) -> None:
    answers = [sign_in(web, password="another") for _ in range(30)]
    assert answers[-1].status_code == 429
    assert Read(answers[-1]).texts("[role=alert]")[0]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "\thttps://evil.example", "/\t/evil.example", "/\n//evil.example", "evil.example", "",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(web: TestClient, account: None, address: str) -> None:
    page = Read(web.get("/sign-in", params={"next": address}))
    assert page.form("/sign-in")["next"] == "/"
    assert sign_in(web, next=address).headers["location"] == "/"


def test_signing_out_ends_the_session(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    token = web.cookies[cookie_name()]
    assert Read(web.post("/sign-out")).texts("h1") == ["Sign in"]
    web.cookies.set(cookie_name(), token)
    assert web.get("/", follow_redirects=False).headers["location"] == "/sign-in?next=%2F"


def test_who_was_signed_out_while_typing_is_told_what_to_do(web: TestClient) -> None:
    answer = web.post("/records/shelves", data={"label": "one"})
    assert answer.status_code == 401
    assert "what you typed is still there" in answer.text
    assert Read(answer).one('a[href="/sign-in"]')["target"] == "_blank"


INVITED, CHOSEN = "/invitation", "a sentence that nobody guesses"


def test_an_invitation_lets_somebody_in_once(web: TestClient, session: Session) -> None:
    token = accounts.invite(session, accounts.principal_for(session, LOGIN))
    session.commit()
    assert Read(web.get(INVITED)).form(INVITED).keys() == {"token", "password"}
    short = web.post(INVITED, data={"token": token, "password": "short"})
    assert (short.status_code, list(Read(short).errors())) == (422, ["password"])
    assert Read(short).form(INVITED) == {"token": token, "password": ""}
    inside = Read(web.post(INVITED, data={"token": token, "password": CHOSEN}))
    assert inside.texts("h1") == ["What waits for you"]
    again = web.post(INVITED, data={"token": token, "password": CHOSEN})
    assert again.status_code == 404
    assert "Ask for a new one" in Read(again).texts("[role=alert]")[0]
    wrong = Read(web.post(INVITED, data={"token": "x", "password": CHOSEN}))
    assert list(wrong.errors()) == ["token"]


def test_a_password_is_changed_by_who_knows_the_one_so_far(web: TestClient, account: None) -> None:
    assert web.get("/password", follow_redirects=False).headers["location"].startswith("/sign-in")
    assert web.post("/password", data={}).status_code == 401
    sign_in(web)
    assert Read(web.get("/password")).form("/password").keys() == {"current", "password"}
    wrong = web.post("/password", data={"current": "another", "password": CHOSEN})
    assert (wrong.status_code, Read(wrong).texts("[role=alert]")) == (
        403,
        ["This is not the password so far."],
    )
    done = Read(web.post("/password", data={"current": PASSWORD, "password": CHOSEN}))
    assert done.texts("h1") == ["What waits for you"]
    assert sign_in(web, password=CHOSEN).status_code == 303
