"""Sends one SQL statement over psycopg as often as it is answered, from several processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from uuid_utils.compat import uuid7


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, where it is sent, and its values; each row that it adds is a new one."""

    url: str
    sql: str
    values: Mapping[str, Any]

    @property
    def adds(self) -> bool:
        """Whether it adds a row."""
        return self.sql.startswith("INSERT")


@dataclass(frozen=True, slots=True)
class Answered:
    """How many a second were answered, and after how many ms, as a median."""

    rate: float
    p50: float


def sent(statement: Statement, processes: int, connections: int, seconds: float) -> Answered:
    """Send the statement from so many processes with so many connections each."""
    with ProcessPoolExecutor(processes) as pool:
        send = partial(_of_one_process, statement, connections)
        times = [one for found in pool.map(send, [seconds] * processes) for one in found]
    return Answered(len(times) / seconds, median(times) * 1000)


def _of_one_process(statement: Statement, connections: int, seconds: float) -> list[float]:
    with ThreadPoolExecutor(connections) as pool:
        found = pool.map(partial(_of_one_connection, statement), [seconds] * connections)
        return [one for times in found for one in times]


def _of_one_connection(statement: Statement, seconds: float) -> list[float]:
    times: list[float] = []
    values = _new_rows(statement) if statement.adds else lambda: statement.values
    with psycopg.connect(statement.url, autocommit=True) as connection:
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            connection.execute(statement.sql, values()).fetchall()
            times.append(time.perf_counter() - began)
    return times


def _new_rows(statement: Statement) -> Callable[[], Mapping[str, Any]]:
    return lambda: {**statement.values, "id": uuid7(), "number": f"B-{uuid4()}"}
