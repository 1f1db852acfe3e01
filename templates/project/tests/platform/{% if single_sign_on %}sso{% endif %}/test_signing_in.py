"""Signing in where the company keeps its accounts: who somebody is, and what they may do."""

from __future__ import annotations

import base64
import hashlib
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.db import Session, new_id
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.platform.identity.models import Identity, Principal, Proof
from app.platform.identity.sso import asked as waiting
from app.platform.identity.sso import people
from app.settings import settings, use
from tests.platform.sso.going import BACK, START, asked_in, come_back, leave, sign_in
from tests.platform.sso.liar import CLIENT, SUBJECT, Liar

SESSION = "/api/v1/session"


def who(client: TestClient) -> Any:
    """Give who is signed in, as the API says."""
    return client.get(SESSION).json()


def test_who_has_a_role_at_the_company_is_let_in(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    answer = sign_in(client, agreed, "/records/somewhere")
    assert (answer.status_code, answer.headers["location"]) == (303, "/records/somewhere")
    assert who(client)["roles"] == ["office"]
    assert who(client)["login"] == "ana@example.com"
    known = session.scalars(select(Identity)).one()
    assert (known.issuer, known.subject) == (agreed.issuer, SUBJECT)


def test_the_provider_is_asked_for_a_code_that_only_we_can_use(
    client: TestClient, agreed: Liar
) -> None:
    asked = leave(client, agreed)
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert asked["redirect_uri"] == f"https://testserver{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert "openid" in asked["scope"].split()
    come_back(client, agreed, asked)
    digest = hashlib.sha256(agreed.asked[0]["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_what_ties_the_answer_to_the_browser_is_sealed_and_no_script_reads_it(
    client: TestClient, agreed: Liar
) -> None:
    answer = client.get(START, follow_redirects=False)
    morsel = SimpleCookie(answer.headers["set-cookie"])[waiting.cookie_name()]
    assert (morsel["secure"], morsel["httponly"], morsel["path"]) == (True, True, "/")
    assert morsel["samesite"].lower() == "lax"
    asked = asked_in(answer.headers["location"], agreed)
    raw = base64.urlsafe_b64decode(morsel.value)
    assert all(asked[name].encode() not in raw for name in ("state", "nonce"))


def test_the_same_person_is_known_again_and_has_today_s_roles(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    sign_in(client, agreed)
    first = who(client)["id"]
    agreed.claims |= {"groups": ["The Field", "Unknown", 7], "email": "other@example.com"}
    sign_in(client, agreed)
    assert (who(client)["id"], who(client)["roles"]) == (first, ["driver", "fitter"])
    assert who(client)["login"] == "ana@example.com"
    assert len(session.scalars(select(Identity)).all()) == 1


@pytest.mark.parametrize("groups", [[], ["Unknown"], "Unknown", None, 7, {"a": 1}])
def test_who_has_no_role_any_more_is_out_at_once(
    client: TestClient, agreed: Liar, groups: Any, session: Session
) -> None:
    sign_in(client, agreed)
    agreed.claims["groups"] = groups
    asked = leave(client, agreed)
    answer = come_back(client, agreed, asked)
    assert (answer.status_code, answer.json()["code"]) == (403, "no_role")
    assert who(client)["roles"] == []


def test_a_group_may_lie_deep_in_what_the_provider_says(client: TestClient, agreed: Liar) -> None:
    use(settings().model_copy(update={"sso_roles_claim": "realm_access.roles"}))
    agreed.claims["realm_access"] = {"roles": "The Office"}
    sign_in(client, agreed)
    assert who(client)["roles"] == ["office"]


def test_an_address_never_says_who_somebody_is(
    client: TestClient, agreed: Liar, ana: Principal, session: Session
) -> None:
    answer = sign_in(client, agreed)
    assert (answer.status_code, answer.json()["code"]) == (403, "taken")
    assert session.scalars(select(Identity)).all() == []
    assert cookie_name() not in client.cookies


@pytest.mark.parametrize("address", [None, "", "no address", 7, "x" * 300 + "@example.com"])
def test_without_an_address_one_is_a_person_too(
    client: TestClient, agreed: Liar, address: Any
) -> None:
    agreed.claims["email"] = address
    assert sign_in(client, agreed).status_code == 303
    assert who(client)["login"] == ""


def test_the_same_subject_of_another_issuer_is_somebody_else(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    sign_in(client, agreed)
    known = session.scalars(select(Identity)).one()
    known.issuer = "https://elsewhere.example"
    session.commit()
    agreed.claims["email"] = "other@example.com"
    sign_in(client, agreed)
    assert who(client)["id"] != str(known.principal_id)


def test_who_was_shut_out_stays_out(client: TestClient, agreed: Liar, session: Session) -> None:
    sign_in(client, agreed)
    principal = session.get_one(Principal, session.scalars(select(Identity)).one().principal_id)
    accounts.disable(session, principal)
    session.commit()
    answer = sign_in(client, agreed)
    assert (answer.status_code, answer.json()["code"]) == (403, "shut_out")
    assert client.get(SESSION).status_code == 401


def test_where_the_provider_knows_no_groups_roles_are_granted_here(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    use(settings().model_copy(update={"sso_roles": {}}))
    assert sign_in(client, agreed).json()["code"] == "no_role"
    accounts.set_roles(session, accounts.principal_for(session, "ana@example.com"), ["office"])
    session.commit()
    sign_in(client, agreed)
    assert who(client)["roles"] == ["office"]


def test_the_session_before_ends_and_the_new_one_has_another_token(
    client: TestClient, agreed: Liar
) -> None:
    sign_in(client, agreed)
    before = client.cookies[cookie_name()]
    sign_in(client, agreed)
    assert client.cookies[cookie_name()] != before
    client.cookies.clear()
    answer = client.get(SESSION, headers={"Cookie": f"{cookie_name()}={before}"})
    assert answer.status_code == 401


def test_what_the_provider_said_of_the_sign_in_is_kept_with_it(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    agreed.claims |= {"sid": "there", "acr": "strong"}
    sign_in(client, agreed)
    proof = session.scalars(select(Proof)).one()
    assert (proof.provider_session, proof.strength) == ("there", "strong")
    assert proof.proved_at is not None
    assert proof.session_id == sessions.id_of(session, client.cookies[cookie_name()])


@pytest.mark.parametrize(("said", "status"), [("strong", 303), ("weak", 401), (None, 401)])
def test_a_sign_in_that_is_too_weak_is_refused(
    client: TestClient, agreed: Liar, said: str | None, status: int
) -> None:
    use(settings().model_copy(update={"sso_strength": "strong"}))
    agreed.claims["acr"] = said
    asked = leave(client, agreed)
    assert asked["acr_values"] == "strong"
    assert come_back(client, agreed, asked).status_code == status


@pytest.mark.parametrize(
    ("said", "status"), [("example.com", 303), ("evil.example", 401), (None, 401)]
)
def test_somebody_of_another_company_is_refused(
    client: TestClient, agreed: Liar, said: Any, status: int
) -> None:
    use(settings().model_copy(update={"sso_demands": {"hd": "example.com"}}))
    agreed.claims["hd"] = said
    assert sign_in(client, agreed).status_code == status


def test_whose_people_somebody_is_among_is_what_the_provider_says(agreed: Liar) -> None:
    customer = new_id()
    use(settings().model_copy(update={"sso_customers": {"their-tenant": customer}}))
    assert people.customer_of({"tid": "their-tenant"}) == customer
    assert [people.customer_of(said) for said in ({}, {"tid": 7}, {"tid": "another"})] == [None] * 3
