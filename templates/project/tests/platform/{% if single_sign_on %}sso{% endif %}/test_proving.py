"""When and how somebody proved at the provider who they are, and under which name they left for it."""

from __future__ import annotations

import json
import time

import pytest
from fastapi.testclient import TestClient

from app.platform.identity.sso import configured
from app.settings import settings, use
from app.settings.single_sign_on import PROMPT
from tests.platform.sso.going import START, come_back, leave
from tests.platform.sso.liar import Liar


def test_whoever_has_to_prove_it_anew_is_asked_at_the_provider(
    client: TestClient, agreed: Liar
) -> None:
    asked = leave(client, agreed, anew="1")
    assert (asked["max_age"], asked["prompt"]) == ("0", PROMPT)
    assert come_back(client, agreed, asked).status_code == 303
    assert "prompt" not in leave(client, agreed)


@pytest.mark.parametrize("ago", [None, 3_600])
def test_a_proof_of_before_is_not_taken_for_one_of_now(
    client: TestClient, agreed: Liar, ago: int | None
) -> None:
    agreed.claims["auth_time"] = None if ago is None else int(time.time()) - ago
    answer = come_back(client, agreed, leave(client, agreed, anew="1"))
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")
    assert come_back(client, agreed, leave(client, agreed)).status_code == 303


def test_who_uses_another_name_of_the_system_is_led_to_its_own_once(
    client: TestClient, agreed: Liar
) -> None:
    use(settings().model_copy(update={"public_url": "https://intake.example.com"}))
    answer = client.get(START, params={"next": "/x", "anew": "1"}, follow_redirects=False)
    place = "https://intake.example.com/sign-in/start?next=%2Fx&anew=1&named=1"
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    asked = leave(client, agreed, named="1")
    assert asked["redirect_uri"] == "https://intake.example.com/sign-in/back"


def test_a_provider_that_can_be_told_is_told_which_claims_are_wanted(
    client: TestClient, agreed: Liar
) -> None:
    assert "claims" not in leave(client, agreed)
    agreed.metadata["claims_parameter_supported"] = True
    configured.forget()
    more = {"sso_demands": {"hd": "example.com"}, "sso_roles_claim": "realm_access.roles"}
    use(settings().model_copy(update=more))
    wanted = json.loads(leave(client, agreed)["claims"])
    assert wanted == {"id_token": {"email": None, "hd": None, "realm_access": None}}
    customers = {"sso_customers": {"one": "11111111-1111-1111-1111-111111111111"}, "sso_roles": {}}
    use(settings().model_copy(update=customers))
    wanted = json.loads(leave(client, agreed)["claims"])
    assert wanted == {"id_token": {"email": None, "hd": None, "tid": None}}
