"""Whose people somebody is among, and whether an address is theirs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.db import Session
from app.platform.identity.models import Identity, Principal
from app.platform.identity.sso import people
from app.settings import settings, use
from tests.platform.sso.going import sign_in
from tests.platform.sso.liar import Liar

PERSON = Principal.kind == "person"


@pytest.fixture
def separated(agreed: Liar, monkeypatch: pytest.MonkeyPatch) -> Liar:
    """A system that keeps customers apart, and lets in nobody of whom nothing is known."""
    monkeypatch.setattr(people, "SEPARATED_BY", "customers")
    use(settings().model_copy(update={"sso_anybody": False}))
    return agreed


def test_who_is_among_nobodys_people_is_not_let_in_and_leaves_nothing(
    client: TestClient, separated: Liar, session: Session
) -> None:
    answer = sign_in(client, separated)
    assert (answer.status_code, answer.json()["code"]) == (403, "nobodys")
    assert session.scalars(select(Identity)).all() == []
    assert session.scalars(select(Principal).where(PERSON)).all() == []


def test_newcomers_of_no_customer_are_let_in_where_that_was_decided(
    client: TestClient, separated: Liar
) -> None:
    use(settings().model_copy(update={"sso_anybody": True}))
    assert sign_in(client, separated).status_code == 303


def test_who_is_among_other_people_by_now_is_not_let_in(
    client: TestClient, agreed: Liar, session: Session
) -> None:
    use(settings().model_copy(update={"sso_anybody": True, "sso_customers": {"north": uuid4()}}))
    assert sign_in(client, agreed).status_code == 303
    agreed.claims["tid"] = "north"
    answer = sign_in(client, agreed)
    assert (answer.status_code, answer.json()["code"]) == (403, "others")
    assert session.scalars(select(Principal.roles).where(PERSON)).one() == ["office"]


@pytest.mark.parametrize(("vouched", "login"), [(False, None), (True, "ana@example.com")])
def test_an_address_that_the_provider_does_not_vouch_for_is_none(
    client: TestClient, agreed: Liar, session: Session, vouched: bool, login: str | None
) -> None:
    agreed.claims["email_verified"] = vouched
    assert sign_in(client, agreed).status_code == 303
    assert session.scalars(select(Principal.login).where(PERSON)).one() == login
