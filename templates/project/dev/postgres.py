"""The database server for development and tests, ready without anything being installed.

`ensure_cluster()` gives the server that DATABASE_URL names, else a private one that it starts.
On it are two roles, as in production: `owner`, which migrates, and `app`, which the application
uses and which owns nothing.

    python -m dev.postgres start | stop | status | psql | remove
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from dev import STATE, DevelopmentError
from dev.cluster import DATABASE, TEST_PREFIX, Cluster, connect
from dev.roles import OWNER, Connection, make_roles
from dev.server import PORT, SUPERUSER, private_server
from dev.sharing import Share, stop_now

__all__ = ["DATABASE", "Cluster", "ensure_cluster"]


def ensure_cluster(state: Path = STATE) -> Cluster:
    """A server that answers, with the roles and the development database on it.

    Raises DevelopmentError, saying what to do, when there can be none.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        cluster = Cluster(make_url(given).set(drivername="postgresql+psycopg"))
        _prepare(cluster)
        return cluster
    share = Share.take(state)
    cluster = Cluster(_address(share.server.socket_folder), share)
    try:
        _prepare(cluster)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _address(socket_folder: Path) -> URL:
    query = {"host": str(socket_folder), "port": str(PORT)}
    return URL.create("postgresql+psycopg", SUPERUSER, database=SUPERUSER, query=query)


def _prepare(cluster: Cluster) -> None:
    """Make the roles and the development database where they are missing."""
    try:
        with connect(cluster.admin) as connection:
            # Two processes may arrive here at once, also from two machines.
            connection.execute("SELECT pg_advisory_lock(hashtext('development roles'))")
            make_roles(connection, cluster.admin)
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not found:
                cluster.create_database(DATABASE)
            if cluster.share and cluster.share.started:
                _forget_old_tests(connection, cluster)
    except psycopg.errors.InsufficientPrivilege as error:
        raise DevelopmentError(
            f"DATABASE_URL must name a role that may create roles and databases: {error}"
        ) from None
    except psycopg.OperationalError as error:
        raise DevelopmentError(f"The database server does not answer: {error}") from None


def _forget_old_tests(connection: Connection, cluster: Cluster) -> None:
    """Remove what test runs that were killed have left; at a start nobody can be using it."""
    left = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEST_PREFIX]
    ).fetchall()
    for (name,) in left:
        cluster.drop_database(str(name))


def main(words: list[str]) -> int:
    """Run one of the commands and return its exit code."""
    commands = {
        "start": _start,
        "stop": _stop,
        "status": _status,
        "psql": _psql,
        "remove": _remove,
    }
    if not words or words[0] not in commands:
        print(f"usage: python -m dev.postgres {' | '.join(commands)}", file=sys.stderr)
        return 2
    try:
        return commands[words[0]](words[1:])
    except DevelopmentError as error:
        print(error, file=sys.stderr)
        return 1


def _start(_: list[str]) -> int:
    with ensure_cluster() as cluster:
        if cluster.share:
            cluster.share.keep()
        print(cluster.url())
    return 0


def _stop(_: list[str]) -> int:
    print("stopped" if stop_now(STATE) else "it was not running")
    return 0


def _remove(_: list[str]) -> int:
    stop_now(STATE, remove=True)
    print("The development database is gone; the next start makes an empty one.")
    return 0


def _status(_: list[str]) -> int:
    server = private_server(STATE)
    running = server.is_running()
    print(f"{'running' if running else 'not running'}, data in {server.data}")
    return 0 if running else 3


def _psql(words: list[str]) -> int:
    """Open the development database as `owner`, or as whoever `-U` names."""
    psql = shutil.which("psql")
    with ensure_cluster() as cluster:
        url = make_url(cluster.url(role=OWNER)).set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        if not psql:
            raise DevelopmentError(
                f"There is no psql on this machine. Another client can use: {address}"
            )
        return subprocess.run([psql, address, *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
