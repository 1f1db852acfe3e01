"""Signing in where the company keeps its accounts, from the side of somebody who attacks it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.platform.http.shell import Shell
from app.platform.identity.cookie import cookie_name
from app.platform.identity.sso import asked as waiting
from app.settings import settings, use
from tests.platform.sso.going import BACK, come_back, leave, sign_in
from tests.platform.sso.liar import Liar

SESSION = "/api/v1/session"


def who(client: TestClient) -> Any:
    """Give who is signed in, as the API says."""
    return client.get(SESSION).json()


def test_an_answer_is_taken_once(client: TestClient, agreed: Liar) -> None:
    asked = leave(client, agreed)
    assert come_back(client, agreed, asked).status_code == 303
    again = come_back(client, agreed, asked)
    assert (again.status_code, again.json()["code"]) == (401, "begin_again")


def test_another_browser_cannot_bring_the_answer(
    client: TestClient, agreed: Liar, app: Shell, browse: Callable[[Shell], TestClient]
) -> None:
    asked = leave(client, agreed)
    stranger = browse(app)
    answer = come_back(stranger, agreed, asked)
    assert (answer.status_code, answer.json()["code"]) == (401, "begin_again")
    leave(stranger, agreed)
    assert come_back(stranger, agreed, asked).status_code == 401
    assert agreed.asked == []


@pytest.mark.parametrize("said", [{"state": "x"}, {"state": None}, {"state": ""}, {"state": "é"}])
def test_a_mixed_up_state_is_refused(client: TestClient, agreed: Liar, said: Any) -> None:
    assert come_back(client, agreed, leave(client, agreed), **said).status_code == 401
    assert agreed.asked == []


@pytest.mark.parametrize("issuer", [None, "", "https://elsewhere.example"])
def test_the_answer_of_another_provider_is_refused(
    client: TestClient, agreed: Liar, issuer: Any
) -> None:
    answer = come_back(client, agreed, leave(client, agreed), iss=issuer)
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")
    assert agreed.asked == []


def test_a_provider_that_never_promised_to_name_itself_need_not(
    client: TestClient, agreed: Liar
) -> None:
    agreed.metadata = {"authorization_response_iss_parameter_supported": None}
    assert come_back(client, agreed, leave(client, agreed), iss=None).status_code == 303
    wrong = come_back(client, agreed, leave(client, agreed), iss="https://elsewhere.example")
    assert wrong.status_code == 401


@pytest.mark.parametrize("said", [{"code": None}, {"code": ""}, {"code": None, "error": "denied"}])
def test_a_sign_in_that_was_not_finished_is_none(
    client: TestClient, agreed: Liar, said: Any
) -> None:
    answer = come_back(client, agreed, leave(client, agreed), **said)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_finished")


@pytest.mark.parametrize("answer", [{"id_token": None}, {"id_token": ""}, {"id_token": ["x"]}])
def test_an_answer_without_who_it_is_signs_nobody_in(
    client: TestClient, agreed: Liar, answer: Any
) -> None:
    agreed.answer = answer
    assert sign_in(client, agreed).json()["code"] == "untrue"
    assert cookie_name() not in client.cookies


def test_a_lie_signs_nobody_in_and_is_not_repeated(client: TestClient, agreed: Liar) -> None:
    agreed.claims["aud"] = "another-system"
    answer = sign_in(client, agreed)
    assert (answer.status_code, answer.json()["code"]) == (401, "untrue")
    assert "another-system" not in answer.text
    assert cookie_name() not in client.cookies


def test_who_takes_too_long_begins_again(
    client: TestClient, agreed: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = leave(client, agreed)
    monkeypatch.setattr(waiting, "LASTS", timedelta(seconds=-1))
    assert come_back(client, agreed, asked).json()["code"] == "begin_again"


@pytest.mark.parametrize(
    "text", ["", "x", "=", "é", "x" * 4000, base64.b64encode(b"x" * 99).decode()]
)
def test_a_cookie_that_we_did_not_make_is_none(client: TestClient, agreed: Liar, text: str) -> None:
    asked = leave(client, agreed)
    client.cookies.clear()
    headers = [(b"Cookie", f"{waiting.cookie_name()}={text}".encode())]
    answer = client.get(BACK, params={"state": asked["state"], "code": "c"}, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_elsewhere(client: TestClient, agreed: Liar, address: str) -> None:
    assert sign_in(client, agreed, address).headers["location"] == "/"


def test_trying_without_end_is_slowed_down(client: TestClient, agreed: Liar) -> None:
    use(settings().model_copy(update={"sign_in_tries": 1}))
    agreed.status = 400
    found = [come_back(client, agreed, leave(client, agreed)).status_code for _ in range(6)]
    assert found == [401] * 5 + [429]


def test_a_provider_that_is_gone_is_said_in_words(client: TestClient, agreed: Liar) -> None:
    agreed.status = 503
    answer = sign_in(client, agreed)
    assert (answer.status_code, answer.json()["code"]) == (503, "unreachable")
