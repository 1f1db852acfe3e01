"""The page for signing in, and signing out."""

from __future__ import annotations

from fastapi.testclient import TestClient

from app.platform.identity.cookie import cookie_name
from tests.platform.data.console.filling import AsSomebody
from tests.platform.data.console.reading import Read


def test_who_is_not_signed_in_is_sent_to_do_so(web: TestClient) -> None:
    page = Read(web.get("/records/shelves"))
    assert (page.answer.url.path, page.texts("h1")) == ("/sign-in", ["Sign in"])
    assert page.answer.url.params["next"] == "/records/shelves"


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
