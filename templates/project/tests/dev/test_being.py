"""Being somebody of another role: in development alone, and nobody's way into anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select

from app.platform.blueprint import SEPARATED_BY
from app.platform.console.words import label
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Principal, SignInSession
from app.registry import ROLES
from app.settings import settings, use
from dev import DevelopmentError, being
from dev.addresses import login_of
from dev.samples import Samples, entity_of
from tests.calling import Caller, Shared

AS_PAGE = {"Accept": "text/html"}
ROLE = min(ROLES)


@pytest.fixture(scope="module")
def developing(database_urls: None) -> Iterator[Shell]:
    """The application as `make run` serves it."""
    use((before := settings()).model_copy(update={"environment": "development"}))
    yield (shell := being.create_app())
    shell.api.state.database.close()
    use(before)


@pytest.fixture
def me(
    developing: Shell,
    connection: Connection,
    browse: Callable[[Shell], TestClient],
    samples: Samples,
) -> Iterator[Caller]:
    """Somebody with all roles, who develops."""
    with Shared(connection).under(developing) as shell:
        browser = browse(shell)
        browser.headers |= AS_PAGE
        caller = Caller.sign_in(browser, samples, sorted(ROLES), {})
        token = browser.cookies["session"]
        browser.cookies.clear()  # what answers set is kept by the host, and would stand beside it
        browser.cookies.set("session", token, domain="testserver.local")
        yield caller


def be(caller: Caller, role: str) -> int:
    """Press the button."""
    return caller.client.post("/be", data={"role": role}, follow_redirects=False).status_code


def who(caller: Caller) -> Principal:
    """Give who the browser is signed in as."""
    found = caller.get("/api/v1/session").json()
    caller.samples.session.expire_all()
    return caller.samples.session.get_one(Principal, found["id"])


def bar(caller: Caller) -> str:
    """Give what stands in the top bar."""
    page = BeautifulSoup(caller.get("/").text, "html.parser")
    return " ".join(page.select_one("header").get_text(" ").split())  # type: ignore[union-attr]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_one_is_a_person_with_one_role_and_then_oneself_again(me: Caller, role: str) -> None:
    assert "(development)" in bar(me)
    assert "Be yourself again" not in bar(me)
    assert be(me, role) == 303
    other = who(me)
    assert (other.login, other.roles) == (login_of(role), [role])
    assert f"You are: {label(role)} (development)" in bar(me)
    assert me.samples.session.get(entity_of("users"), other.id) is not None
    assert be(me, "") == 303
    assert who(me).id == me.actor.id
    assert "Be yourself again" not in bar(me)


def test_all_roles_are_offered(me: Caller) -> None:
    page = BeautifulSoup(me.get("/").text, "html.parser")
    assert [option["value"] for option in page.select("#be option")] == list(ROLES)
    assert not page.select("#be option[selected]") or len(ROLES) == 1


def test_the_session_of_another_role_ends_with_it_and_ones_own_waits(
    me: Caller, session: Session
) -> None:
    for role in [*ROLES, ROLE, ""]:
        assert be(me, role) == 303
    open_ones = session.scalars(
        select(SignInSession.principal_id).where(SignInSession.revoked_at.is_(None))
    ).all()
    assert open_ones == [me.actor.id]


def test_whoever_stands_for_a_role_has_no_other(me: Caller, session: Session) -> None:
    assert be(me, ROLE) == 303
    accounts.set_roles(session, who(me), [])
    session.commit()
    assert "You are: nobody" in bar(me)
    assert be(me, ROLE) == 303
    assert who(me).roles == [ROLE]
    found = session.scalars(select(Principal).where(Principal.login == login_of(ROLE)))
    assert len(found.all()) == 1


def test_a_person_who_needs_more_is_made_up(me: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(being, "greet", lambda *_: None)
    assert be(me, ROLE) == 303
    row = me.samples.session.get_one(entity_of("users"), who(me).id)
    assert getattr(row, "email", None) == login_of(ROLE)


def test_each_customer_has_people_of_their_own(
    me: Caller, developing: Shell, browse: Callable[[Shell], TestClient], samples: Samples
) -> None:
    assert be(me, ROLE) == 303
    mine = who(me).id
    samples.begin()
    browser = browse(developing)
    other = Caller.sign_in(browser, samples, [ROLE], {})
    assert be(other, ROLE) == 303
    assert (who(other).id == mine) is (SEPARATED_BY is None)
    assert who(other).roles == [ROLE]


def test_whoever_is_of_no_customer_finds_those_who_are_there(
    me: Caller, session: Session, developing: Shell, browse: Callable[[Shell], TestClient]
) -> None:
    assert be(me, ROLE) == 303
    mine = who(me).id
    session.execute(select(func.set_config("app.tenant", "", True)))
    principal = accounts.principal_for(session, "maker@example.com")
    browser = browse(developing)
    browser.cookies.set("session", sessions.begin(session, principal.id))
    session.commit()
    answer = browser.post("/be", data={"role": ROLE}, follow_redirects=False)
    assert answer.status_code == 303
    browser.cookies.clear()
    browser.cookies.set("session", answer.cookies["session"])
    assert browser.get("/api/v1/session").json()["id"] == str(mine)


@pytest.mark.parametrize("role", ["nobody", "<b>", "a\0", "admin' OR 1=1 --", " "])
def test_a_role_that_is_not_declared_is_nobodys(me: Caller, role: str, session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(Principal))
    answer = me.client.post("/be", data={"role": role}, follow_redirects=False)
    assert answer.status_code == (422 if role.strip() else 303)
    assert "OR 1=1" not in answer.text
    assert who(me).id == me.actor.id
    assert session.scalar(select(func.count()).select_from(Principal)) == before


def test_no_other_site_makes_one_somebody_else(me: Caller) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = me.client.post("/be", data={"role": ROLE}, headers=headers)
        assert answer.status_code == 403
    assert me.client.get("/be", params={"role": ROLE}).status_code == 405
    assert who(me).id == me.actor.id


def test_nobody_becomes_somebody_without_signing_in(me: Caller) -> None:
    me.client.cookies.clear()
    assert be(me, ROLE) == 401
    me.client.cookies.set(being.OWN, "made up")
    assert be(me, "") == 401
    assert be(me, ROLE) == 401


def test_a_cookie_that_was_made_up_leads_to_nobody(me: Caller) -> None:
    me.client.cookies.set(being.OWN, "made-up")
    assert be(me, "") == 303
    assert me.client.cookies["session"] == "made-up"
    assert me.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("environment", ["test", "production"])
def test_any_other_system_refuses_to_be_served_so(environment: str) -> None:
    use(settings().model_copy(update={"environment": environment}))
    with pytest.raises(DevelopmentError, match="Only in development"):
        being.create_app()


def test_no_other_system_has_the_button_or_the_route(as_role: Callable[..., Caller]) -> None:
    caller = as_role(*ROLES)
    answer = caller.client.post("/be", data={"role": ROLE})
    assert answer.status_code == 404
    page = caller.client.get("/", headers=AS_PAGE)
    assert page.status_code == 200
    assert "/be" not in page.text
    assert "(development)" not in page.text
