"""The command line: the first administrator, roles, and words instead of tracebacks."""

from __future__ import annotations

import json
import re
import runpy
import sys
from datetime import UTC, datetime

import pytest
from alembic.config import Config
from sqlalchemy import delete

from app import cli
from app.cli import working
from app.platform import logging
from app.platform.db import Session
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Principal
from app.settings import Settings, settings
from tests.platform.conftest import LOGIN, Run


@pytest.fixture
def nobody(session: Session) -> None:
    session.execute(delete(Principal).where(Principal.kind == "person"))


def test_a_new_database_has_no_account(session: Session) -> None:
    assert not accounts.any_person(session)


def test_the_first_administrator_gets_a_token_that_lets_them_in(run: Run, session: Session) -> None:
    said = run("admin", "first", "Ben@example.com", "--role", "office", "--role", "technician")
    token = said.out.strip()
    assert said.code == 0
    assert re.fullmatch(r"[\w-]{43}", token)
    assert "/invitation" in said.err
    assert token not in said.err
    ben = accounts.take_invitation(session, token)
    assert (ben.login, ben.roles) == ("ben@example.com", ["office", "technician"])


def test_the_first_administrator_is_made_once(run: Run, ana: Principal, session: Session) -> None:
    said = run("admin", "first", "ben@example.com", "--role", "office")
    assert (said.code, said.out) == (1, "")
    assert "admin invite" in said.err
    assert accounts.find(session, "ben@example.com") is None


def test_an_unknown_role_is_refused_with_a_suggestion(run: Run, session: Session) -> None:
    said = run("admin", "first", "ben@example.com", "--role", "ofice")
    assert said.code == 1
    assert "Did you mean office?" in said.err
    assert "Did you mean" not in run("admin", "invite", LOGIN, "--role", "zzzz").err
    assert not accounts.any_person(session)


def test_a_word_that_is_no_address_is_refused(run: Run) -> None:
    assert "ana@example.com" in run("admin", "first", "ben", "--role", "office").err


def test_an_invitation_keeps_the_roles_there_were(
    run: Run, ana: Principal, session: Session
) -> None:
    accounts.set_roles(session, ana, ["technician"])
    assert run("admin", "invite", LOGIN, "--role", "office").code == 0
    assert ana.roles == ["office", "technician"]


def test_roles_are_granted_and_revoked(run: Run, ana: Principal) -> None:
    assert run("admin", "grant", LOGIN, "office").code == 0
    assert ana.roles == ["office"]
    assert run("admin", "revoke", LOGIN, "technician").code == 1
    assert run("admin", "revoke", LOGIN, "office").code == 0
    assert ana.roles == []


def test_somebody_unknown_cannot_be_granted_anything(run: Run) -> None:
    said = run("admin", "grant", "nobody@example.com", "office")
    assert said.code == 1
    assert "admin invite" in said.err


def test_somebody_can_be_shut_out_and_let_in_again(run: Run, ana: Principal) -> None:
    assert run("admin", "disable", LOGIN).code == 0
    assert ana.disabled_at is not None
    assert run("admin", "enable", LOGIN).code == 0
    assert ana.disabled_at is None


def test_somebody_can_be_signed_out_everywhere(run: Run, ana: Principal, session: Session) -> None:
    token = sessions.begin(session, ana.id)
    assert "1 session" in run("admin", "sessions-revoke", LOGIN).err
    assert sessions.actor_of(session, token, datetime.now(UTC)) is None


def test_sweeping_tells_how_much_went(run: Run) -> None:
    assert "0 rows deleted, 0 files swept" in run("sweep").err


def test_migrating_goes_to_the_newest_of_every_branch(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[Config, str]] = []
    monkeypatch.setattr("alembic.command.upgrade", lambda config, to: calls.append((config, to)))
    assert run("migrate").code == 0
    assert [to for _config, to in calls] == ["heads"]


def test_the_description_of_the_api_needs_no_database(run: Run) -> None:
    described = json.loads(run("openapi").out)
    assert "/api/v1/session" in described["paths"]


def test_settings_that_are_not_safe_are_named_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsafe() -> Settings:
        return Settings(environment="production", database_url="x", threads=0)

    monkeypatch.setattr(working, "settings", unsafe)
    said = run("sweep")
    assert said.code == 1
    assert "APP_THREADS" in said.err
    assert "Traceback" not in said.err


def test_a_database_that_does_not_answer_is_said_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "postgresql+psycopg:///none?host=/nonexistent"
    lost = settings().model_copy(update={"database_url": nowhere})
    monkeypatch.setattr(working, "settings", lambda: lost)
    monkeypatch.setattr(sys, "argv", ["app", "sweep"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 1
    assert "does not answer" in capsys.readouterr().err
    logging.set_up(settings())


def test_python_m_app_runs_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["app", "--help"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("app", run_name="__main__")
    assert caught.value.code == 0
    assert "openapi" in capsys.readouterr().out
