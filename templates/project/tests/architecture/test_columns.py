"""Every column says how its data is handled, and is handled so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid

from app.platform.access import POLICIES, Policy
from app.platform.columns import Label, Level
from app.platform.db import Base
from app.platform.sealed import Sealed

LEVELS = {*get_args(Level), "secret"}
"""Levels of columns; the hashes of tokens and passwords in the platform's tables are `secret`."""


def unclassified(metadata: MetaData) -> list[str]:
    """Name the columns without a level or with labels that nobody knows."""
    return [
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if column.info.get("data") not in LEVELS
        or not set(column.info.get("labels", ())) <= set(get_args(Label))
    ]


def uncovered(policies: Iterable[Policy]) -> Iterator[str]:
    """Name the columns of records that show or store more than their level allows.

    Ids of rows and files say nothing by themselves and are not shown; digests cannot be read.
    """
    for policy in policies:
        for column in policy.table.columns:
            level = column.info["data"]
            if says_nothing(column) or level not in ("confidential", "restricted"):
                continue
            if column.name not in policy.masked:
                yield f"{column} is not masked"
            if level == "restricted" and not isinstance(column.type, Sealed):
                yield f"{column} is not sealed"


def says_nothing(column: Column[Any]) -> bool:
    """Whether the column holds ids or digests."""
    holds_file = isinstance(column.type, Sealed) and column.type.kind == "file"
    return holds_file or isinstance(column.type, Uuid) or "digest_of" in column.info


def test_every_column_has_a_level() -> None:
    assert unclassified(Base.metadata) == []


def test_a_column_without_a_level_is_found() -> None:
    metadata = MetaData()
    Table(
        "planted",
        metadata,
        Column("fine", Integer, info={"data": "internal", "labels": ("personal",)}),
        Column("missing", Integer),
        Column("misspelt", Integer, info={"data": "intern"}),
        Column("labelled", Integer, info={"data": "internal", "labels": ("personnel",)}),
    )
    assert unclassified(metadata) == ["planted.missing", "planted.misspelt", "planted.labelled"]


def test_every_level_is_kept() -> None:
    assert list(uncovered(POLICIES.values())) == []


def test_a_level_that_is_not_kept_is_found() -> None:
    table = Table(
        "planted",
        MetaData(),
        Column("open", String, info={"data": "confidential"}),
        Column("plain", String, info={"data": "restricted"}),
        Column("other_id", Uuid, info={"data": "restricted"}),
        Column("kept", Sealed("text"), info={"data": "restricted"}),
    )
    policy = object.__new__(Policy)
    policy.table, policy.masked = table, frozenset({"plain", "kept"})
    assert list(uncovered([policy])) == [
        "planted.open is not masked",
        "planted.plain is not sealed",
    ]
