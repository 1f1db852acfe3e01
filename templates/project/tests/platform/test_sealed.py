"""Sealed values are unreadable in the database, bound to their column, and rotate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text

from app.platform.db import Session
from app.platform.sealed import CannotOpen, Keyring, Kind, Sealed, SealedValue, blind, keyring

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32
CANARY = "756.1234.5678.97"

drawers = Table(
    "drawers_in_tests",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", Sealed("text")),
    Column("other", Sealed("text")),
    Column("born", Sealed("date")),
    prefixes=["TEMPORARY"],
)


@pytest.fixture
def drawer(session: Session) -> Iterator[Session]:
    drawers.create(session.connection())
    session.execute(
        insert(drawers).values(id=1, number=CANARY, other=None, born=dt.date(1990, 2, 28))
    )
    yield session
    session.rollback()


def test_the_database_holds_no_plain_text(drawer: Session) -> None:
    raw = drawer.execute(text("SELECT number FROM drawers_in_tests")).scalar_one()
    assert CANARY.encode() not in bytes(raw)


def test_a_value_comes_back_closed_and_opens_in_its_own_type(drawer: Session) -> None:
    row = drawer.execute(select(drawers)).one()
    assert (repr(row.number), str(row.number)) == ("<sealed>", "<sealed>")
    assert row.number.open() == CANARY
    assert row.other is None
    assert row.born.open() == dt.date(1990, 2, 28)


def test_the_same_value_is_never_sealed_twice_alike() -> None:
    ring = Keyring({"a": OLD}, INDEX)
    assert ring.seal("t.c", b"x") != ring.seal("t.c", b"x")


def test_a_value_moved_to_another_column_does_not_open(drawer: Session) -> None:
    drawer.execute(text("UPDATE drawers_in_tests SET other = number"))
    moved = drawer.execute(select(drawers.c.other)).scalar_one()
    with pytest.raises(CannotOpen, match=r"drawers_in_tests\.other"):
        moved.open()


def test_a_value_assigned_to_another_column_is_sealed_again_for_it(drawer: Session) -> None:
    number = drawer.execute(select(drawers.c.number)).scalar_one()
    drawer.execute(drawers.update().values(other=number))
    assert drawer.execute(select(drawers.c.other)).scalar_one().open() == CANARY


def test_an_old_key_still_opens_after_a_new_one_was_put_first() -> None:
    sealed = Keyring({"old": OLD}, INDEX).seal("t.c", b"x")
    ring = Keyring({"new": NEW, "old": OLD}, INDEX)
    assert ring.open("t.c", sealed) == b"x"
    assert not ring.is_current(sealed)
    assert ring.is_current(ring.seal("t.c", b"x"))


def test_a_value_under_the_first_key_needs_no_sealing_again(drawer: Session) -> None:
    number = drawer.execute(select(drawers.c.number)).scalar_one()
    assert not number.needs_sealing_again()


@pytest.mark.parametrize(
    "broken", [b"", b"\x02\x01a", b"\x01", b"\x01\x01zmuch too short", b"\x01\x01a"]
)
def test_what_is_no_sealed_value_does_not_open(broken: bytes) -> None:
    with pytest.raises(CannotOpen):
        Keyring({"a": OLD}, INDEX).open("t.c", broken)


def test_a_changed_value_does_not_open() -> None:
    ring = Keyring({"a": OLD}, INDEX)
    sealed = bytearray(ring.seal("t.c", b"x"))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen):
        ring.open("t.c", bytes(sealed))


VALUES: dict[Kind, Any] = {
    "integer": 2**60,
    "decimal": Decimal("1.10"),
    "money": Decimal("19.90"),
    "percent": Decimal("7.5"),
    "yes_no": False,
    "date": dt.date(2026, 2, 28),
    "time": dt.time(9, 30),
    "datetime": dt.datetime(2026, 2, 28, 9, 30, tzinfo=dt.UTC),
    "duration": dt.timedelta(hours=3),
    "json": {"a": [1, None]},
    "uuid": UUID(int=7),
    "file": UUID(int=8),
}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_comes_back_as_it_went_in(kind: Kind) -> None:
    column = Sealed(kind, "t.c")
    value = VALUES.get(kind, "Zoë")
    bound: Any = column.process_bind_param(value, None)  # type: ignore[arg-type]
    opened = SealedValue("t.c", kind, bound).open()
    assert opened == value
    assert type(opened) is type(value)


def test_the_digest_finds_equal_values_of_one_column_only() -> None:
    assert blind("t.c", "Ana  Roth") == blind("t.c", " ana roth")
    assert blind("t.c", "ana") != blind("t.d", "ana")
    assert blind("t.c", Decimal("1.50")) == blind("t.c", Decimal("1.5"))
    assert blind("t.c", "ana") != Keyring({"a": OLD}, INDEX).blind("t.c", "ana")


def test_the_keyring_is_made_once() -> None:
    assert keyring() is keyring()
