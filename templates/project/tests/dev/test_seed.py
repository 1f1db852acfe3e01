"""Examples for the development system: somebody of each role gets in, and sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from subprocess import CompletedProcess
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.main import create_app
from app.platform.access import POLICIES, Policy
from app.platform.blueprint import COMPANY
from app.platform.db import Database, Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.platform.identity.models import Identity, Principal
from app.platform.jobs.system import in_turn, system_work
from app.registry import ROLES
from app.settings import settings, use
from dev import PROJECT, seed
from dev.addresses import login_of
from dev.cluster import Cluster
from dev.samples import Samples, tables

Browse = Callable[[Shell], TestClient]


class People(Samples):
    """Make rows as people do: numbers are given by the system, and are not those of examples."""

    def _plain(self, column: Any) -> Any:
        value = super()._plain(column)
        return value.replace("-", "/") if column.name == "number" else value


@pytest.fixture(scope="module")
def url(cluster: Cluster, migrated: str) -> Iterator[str]:
    """The address of a database of these tests' own, where people have made rows before.

    They chose the very names that examples would get.
    """
    with cluster.scratch_database(migrated) as name:
        with closing(Database(cluster.url(name))) as database, database.session() as session:
            samples = People(session)
            samples.begin()
            for table in tables():
                samples.make(table)
            session.commit()
        yield cluster.url(name)


@pytest.fixture(scope="module")
def seeded(url: str) -> CompletedProcess[str]:
    """How the first run went."""
    environment = {n: value for n, value in os.environ.items() if not n.startswith("APP_")}
    return subprocess.run(
        [sys.executable, "-m", "dev.seed", "3"],
        cwd=PROJECT,
        env=environment | {"APP_ENVIRONMENT": "development", "APP_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_makes_rows_of_every_record(seeded: CompletedProcess[str], url: str) -> None:
    assert seeded.returncode == 0, seeded.stderr
    database = Database(url)
    for table in (POLICIES[name].table for name in tables()):
        count = 0
        for part in in_turn(database, table):
            with system_work(part, "try:it") as work:
                count += work.session.scalar(select(func.count()).select_from(table)) or 0
        assert count >= 3
    database.close()


@pytest.mark.usefixtures("seeded")
def test_rows_go_on_where_nothing_stands_in_their_way(url: str) -> None:
    database = Database(url)
    for policy in (one for one in POLICIES.values() if goes_on(one)):
        stages = [0]
        for part in in_turn(database, policy.table):
            with system_work(part, f"{policy.table.name}:see") as work:
                there = select(policy.table.c.stage).distinct()
                stages.append(len(work.session.scalars(there).all()))
        assert max(stages) > 1, policy.table.name
    database.close()


def goes_on(policy: Policy) -> bool:
    """Whether somebody who sees every row may make a move without a condition, where rows begin."""
    flow, column = policy.workflow, policy.table.c.get("stage")
    if column is None or policy.entity.__checks__:
        return False
    begin = next(iter(stage for stage in column.info["choices"] if stage not in flow.locked), None)
    return any(
        begin in move.stages
        and move.to != begin
        and not (move.needs or move.if_ or move.only_owner)
        for move in flow.moves.values()
        if any(sees_all(policy, role) for role in move.by)
    )


def sees_all(policy: Policy, role: str) -> bool:
    """Whether a role sees the rows of a record whoever they are of."""
    seen = (grant for grant in policy.grants[role] if grant.verb == "see")
    return any(not grant.own and grant.same is None for grant in seen)


def test_every_role_gets_in_and_sees_examples(
    seeded: CompletedProcess[str], url: str, browse: Browse
) -> None:
    use(settings().model_copy(update={"database_url": url}))
    shell = create_app()
    lines = [line for line in seeded.stdout.splitlines() if "@example.com, " in line]
    assert len(lines) == len(ROLES)
    for line in lines:
        role, _, rest = line.partition(": ")
        login, how = rest.split(", ", 1)
        assert login == login_of(role)
        granted = {
            t for t, p in POLICIES.items() if role in roles_that_see(t) and p.part_of is None
        }
        client = browse(shell)
        with shell.api.state.database.session() as session:
            principal = entering(session, how)
            assert principal.login == login
            client.cookies.set(cookie_name(), sessions.begin(session, principal.id))
            session.commit()
        seen = seen_by(client)
        assert seen.keys() == granted
        assert [name for name in granted if owns(name, role) and not seen[name]] == []
    shell.api.state.database.close()


def entering(session: Session, how: str) -> Principal:
    """Give who gets in as `make seed` says: with an invitation, or as somebody of the provider."""
    last = how.rsplit(maxsplit=1)[-1]
    if COMPANY is None:
        return accounts.take_invitation(session, last)
    subject = select(Identity.principal_id).where(Identity.subject == last)
    return session.get_one(Principal, session.scalar(subject))


def roles_that_see(table: str) -> set[str]:
    """Give the roles that were granted to see a record."""
    grants = POLICIES[table].grants.items()
    return {role for role, given in grants if any(grant.verb == "see" for grant in given)}


def owns(table: str, role: str) -> bool:
    """Whether somebody of a role sees rows of theirs, which say themselves whose they are."""
    owner = POLICIES[table].owner or "nobody's."
    own = any(grant.verb == "see" and grant.own for grant in POLICIES[table].grants[role])
    return own and "." not in owner


def seen_by(client: TestClient) -> dict[str, int]:
    """Give the records of which one gets a list, and how long it is."""
    homes = {name: f"/api/v1/{name.replace('_', '-')}" for name in POLICIES}
    answers = {name: client.get(home) for name, home in homes.items()}
    return {name: len(a.json()["items"]) for name, a in answers.items() if a.status_code == 200}


@pytest.mark.usefixtures("seeded")
def test_a_second_run_adds_nothing(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    use(settings().model_copy(update={"environment": "development", "database_url": url}))
    assert seed.main([]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "there already" in told.err


def test_examples_are_for_development_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert settings().environment == "test"
    assert seed.main([]) == 1
    assert "development system alone" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["many"], ["0"], ["-1"], ["1", "2"]])
def test_a_number_that_is_none_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert seed.main(words) == 2
    assert "usage: python -m dev.seed" in capsys.readouterr().err
