"""Examples for the development system: a role can sign in with its invitation and sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.main import create_app
from app.platform.access import POLICIES
from app.platform.db import Database
from app.registry import ROLES
from app.settings import settings
from dev import PROJECT, seed
from dev.postgres import ensure_cluster
from dev.roles import APP, OWNER
from dev.samples import tables

Run = Callable[..., CompletedProcess[str]]
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def addresses(database_urls: None) -> Iterator[dict[str, str]]:
    """A database of this test's own, in which rows stay, made by the migrations."""
    with ensure_cluster() as cluster, cluster.scratch_database() as name:
        given = {
            "APP_DATABASE_URL": cluster.url(name, APP),
            "APP_OWNER_DATABASE_URL": cluster.url(name, OWNER),
        }
        run([sys.executable, "-m", "app", "migrate"], given).check_returncode()
        yield given


def run(command: list[str], addresses: dict[str, str], **more: str) -> CompletedProcess[str]:
    """Run a program of the development system."""
    environment = {n: value for n, value in os.environ.items() if not n.startswith("APP_")}
    environment |= addresses | {"APP_ENVIRONMENT": "development"} | more
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def seeded(addresses: dict[str, str]) -> CompletedProcess[str]:
    """What the first run says."""
    return run([sys.executable, "-m", "dev.seed", "3"], addresses)


def test_it_makes_rows_of_every_record(
    seeded: CompletedProcess[str], addresses: dict[str, str]
) -> None:
    assert seeded.returncode == 0, seeded.stderr
    database = Database(addresses["APP_DATABASE_URL"])
    with database.session() as session:
        for table in tables():
            count = session.scalar(select(func.count()).select_from(POLICIES[table].table))
            assert (count or 0) >= 3
    database.close()


def test_every_role_signs_in_with_its_invitation(
    seeded: CompletedProcess[str], addresses: dict[str, str]
) -> None:
    lines = [line for line in seeded.stdout.splitlines() if " invitation " in line]
    assert len(lines) == len(ROLES)
    for line in lines:
        role, _, rest = line.partition(": ")
        sees = sees_of(role, rest.split(",")[0], rest.split()[-1], addresses)
        granted = {
            t for t, p in POLICIES.items() if role in roles_that_see(t) and p.part_of is None
        }
        assert sees == granted


def roles_that_see(table: str) -> set[str]:
    """Give the roles that were granted to see a record."""
    grants = POLICIES[table].grants.items()
    return {role for role, given in grants if any(grant.verb == "see" for grant in given)}


def sees_of(role: str, login: str, token: str, addresses: dict[str, str]) -> set[str]:
    """Sign in as a role and give the records of which it gets a list."""
    chosen = settings().model_copy(update={"database_url": addresses["APP_DATABASE_URL"]})
    shell = create_app(chosen)
    try:
        client = TestClient(
            shell, base_url="https://testserver", headers={"Sec-Fetch-Site": "same-origin"}
        )
        accepted = client.post(
            "/api/v1/invitations/accept", json={"token": token, "password": PASSWORD}
        )
        assert accepted.is_success, accepted.text
        signed_in = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        assert signed_in.is_success, signed_in.text
        assert seed.login_of(role) == login
        homes = {name: f"/api/v1/{name.replace('_', '-')}" for name in POLICIES}
        return {name for name, home in homes.items() if client.get(home).status_code == 200}
    finally:
        shell.api.state.database.close()


def test_a_second_run_adds_nothing(
    seeded: CompletedProcess[str], addresses: dict[str, str]
) -> None:
    again = run([sys.executable, "-m", "dev.seed"], addresses)
    assert (again.returncode, again.stdout) == (1, "")
    assert "there already" in again.stderr


def test_examples_are_for_development_alone(addresses: dict[str, str]) -> None:
    refused = run([sys.executable, "-m", "dev.seed"], addresses, APP_ENVIRONMENT="test")
    assert refused.returncode == 1
    assert "development system alone" in refused.stderr


@pytest.mark.parametrize("words", [["many"], ["0"], ["-1"], ["1", "2"]])
def test_a_number_that_is_none_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert seed.main(words) == 2
    assert "usage: python -m dev.seed" in capsys.readouterr().err
