"""Whoever was invited ties the invitation to their account, once, and nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts
from app.platform.identity.models import Identity, Principal
from app.platform.identity.sso import asked as waiting
from app.settings.single_sign_on import PROMPT
from tests.platform.data.console.reading import Read
from tests.platform.sso.going import asked_in, come_back, sign_in
from tests.platform.sso.liar import Liar

PAGE = "/invitation/company"


@pytest.fixture
def token(session: Session, ana: Principal) -> str:
    found = accounts.invite(session, ana)
    session.commit()
    return found


def show(client: TestClient, token: str) -> Any:
    """Send the token of an invitation."""
    return client.post(PAGE, data={"token": token}, headers={"Accept": "text/html"})


def follow(client: TestClient, liar: Liar, token: str) -> Any:
    """Send it, follow the link to the provider, and come back."""
    page = Read(show(client, token))
    address = str(page.one(f'a[href^="{liar.issuer}"]')["href"])
    assert f"prompt={PROMPT}" in address  # it may be another's machine
    return come_back(client, liar, asked_in(address, liar))


def test_an_account_becomes_that_of_who_was_invited(
    client: TestClient, agreed: Liar, token: str, ana: Principal, session: Session
) -> None:
    assert Read(client.get(PAGE)).form(PAGE) == {"token": ""}
    assert follow(client, agreed, token).status_code == 303
    assert client.get("/api/v1/session").json()["id"] == str(ana.id)
    assert session.scalars(select(Identity.principal_id)).one() == ana.id
    sign_in(client, agreed)
    assert client.get("/api/v1/session").json()["id"] == str(ana.id)


def test_an_invitation_is_taken_once(
    client: TestClient,
    agreed: Liar,
    token: str,
    app: Shell,
    browse: Callable[[Shell], TestClient],
) -> None:
    second = browse(app)
    page = Read(show(second, token))
    late = asked_in(str(page.one(f'a[href^="{agreed.issuer}"]')["href"]), agreed)
    assert follow(client, agreed, token).status_code == 303
    agreed.claims["sub"], agreed.nonce = "another", late["nonce"]
    answer = come_back(second, agreed, late)
    assert (answer.status_code, answer.json()["code"]) == (404, "invitation_unknown")
    assert show(second, token).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "\0", "<script>"])
def test_what_is_no_invitation_leads_nowhere(client: TestClient, agreed: Liar, token: str) -> None:
    answer = show(client, token)
    page = Read(answer)
    assert answer.status_code == 404
    assert page.texts("[role=alert]") == [
        "This invitation is unknown, used or too old. Ask for a new one."
    ]
    assert page.page.select(f'a[href^="{agreed.issuer}"]') == []
    assert waiting.cookie_name() not in client.cookies


def test_an_account_that_is_somebody_here_takes_no_other_s_invitation(
    client: TestClient, agreed: Liar, token: str, ana: Principal, session: Session
) -> None:
    agreed.claims["email"] = "ben@example.com"
    sign_in(client, agreed)
    answer = follow(client, agreed, token)
    assert (answer.status_code, answer.json()["code"]) == (409, "somebody_else")
    assert accounts.invited(session, token) is ana
