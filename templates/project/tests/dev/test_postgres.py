"""The development database, with real servers."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dev import DevelopmentError, account, programs
from dev.cluster import connect
from dev.postgres import ensure_cluster
from dev.sharing import stop_now
from tests.dev.asking import ask


def test_it_has_two_roles_that_obey_row_level_security(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        for role in ("owner", "app"):
            assert ask(cluster, "SELECT current_user", role) == role
            mighty = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            assert ask(cluster, mighty, role) is False
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'app'"
        assert ask(cluster, owner) == "owner"


def test_it_listens_on_no_network_address(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert cluster.socket_dir
        assert cluster.socket_dir.stat().st_mode & 0o077 == 0


def test_the_last_of_two_users_stops_it(state: Path) -> None:
    first, second = ensure_cluster(state), ensure_cluster(state)
    first.stop()
    assert ask(second, "SELECT 1") == 1
    second.stop()
    assert second.share
    assert not second.share.server.is_running()


def test_scratch_databases_of_a_killed_run_go_at_the_next_start(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        left = cluster.create_database()
        kept = cluster.create_database("other")
    with ensure_cluster(state) as cluster:
        names = "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"
        found = str(ask(cluster, names)).split()
    assert left not in found
    assert kept in found


def test_a_scratch_database_can_copy_another(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        name = cluster.create_database()
        with connect(cluster.admin.set(database=name)) as connection:
            connection.execute("CREATE TABLE seen (n int)")
        copy = cluster.create_database(template=name)
        with connect(cluster.admin.set(database=copy)) as connection:
            assert connection.execute("SELECT count(*) FROM seen").fetchone() == (0,)
        with cluster.scratch_database() as scratch:
            assert scratch not in {name, copy}
        with pytest.raises(psycopg.OperationalError):
            connect(cluster.admin.set(database=scratch))


def test_it_runs_on_the_programs_of_the_wheel(
    own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_folders_of_the_machine", list)
    with ensure_cluster(own_state) as cluster:
        assert ask(cluster, "SELECT lower('Ä')") == "ä"


def test_the_programs_of_the_wheel_run_from_a_copy(tmp_path: Path) -> None:
    wheel = programs._folder_of_the_wheel()
    assert wheel
    copy = programs._copied(wheel, tmp_path)
    assert copy.is_relative_to(tmp_path)
    for program in programs.NEEDED:
        assert account.run([copy / program, "--version"], None).returncode == 0


@pytest.mark.parametrize("name", ["a" * 90, "with space, comma 'quote'"])
def test_a_long_or_odd_path_still_gets_a_socket(own_state: Path, name: str) -> None:
    state = own_state / name
    with ensure_cluster(state) as cluster:
        assert ask(cluster, "SELECT 1") == 1
    stop_now(state, remove=True)


def test_data_that_was_removed_is_made_anew(state: Path) -> None:
    with ensure_cluster(state) as cluster:
        cluster.create_database("to_go")
    assert stop_now(state, remove=True) is False
    with ensure_cluster(state) as again:
        assert ask(again, "SELECT count(*) FROM pg_database WHERE datname = 'to_go'") == 0


def test_a_given_server_is_used_and_left_running(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ensure_cluster(state) as private:
        given = private.admin.set(password="known", drivername="postgresql")
        monkeypatch.setenv("DATABASE_URL", given.render_as_string(hide_password=False))
        with ensure_cluster(state) as cluster:
            assert cluster.socket_dir is None
            assert cluster.url().startswith("postgresql+psycopg://app:")
            assert ask(cluster, "SELECT current_user") == "app"
        assert ask(private, "SELECT 1") == 1


def test_a_role_that_somebody_else_made_is_left_alone(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ensure_cluster(state) as private:
        with connect(private.admin) as connection:
            mark = connection.execute(
                "SELECT shobj_description('app'::regrole, 'pg_authid')"
            ).fetchone()
            connection.execute("COMMENT ON ROLE app IS 'theirs'")
        address = private.admin.render_as_string(hide_password=False)
        monkeypatch.setenv("DATABASE_URL", address)
        with pytest.raises(DevelopmentError, match="already has a role `app`"):
            ensure_cluster(state)
        with connect(private.admin) as connection:
            connection.execute(sql.SQL("COMMENT ON ROLE app IS {}").format(*(mark or ())))


def test_a_given_server_that_does_not_answer_is_said(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me@/x?host={state}")
    with pytest.raises(DevelopmentError, match="does not answer"):
        ensure_cluster(state)
