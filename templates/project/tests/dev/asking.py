"""Asks a database one question."""

from __future__ import annotations

import psycopg

from dev.cluster import Cluster


def ask(cluster: Cluster, question: str, role: str = "app") -> object:
    """The first value that the development database answers `role`."""
    address = cluster.url(role=role).replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None
