"""Reference numbers such as J-2026-00042: no two are the same, however many are made at once.

Whoever counts holds the others up, until the count is in the database. Without gaps that takes as
long as the work that the number is for; where a gap may be left, the count is committed by itself.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from app.platform.apart import customer_of
from app.platform.db import Base, alone
from app.platform.work import UnitOfWork

EVERYBODY = UUID(int=0)
"""Who counts the rows that all customers have in common, and all of a system without any."""
EVERY_YEAR = 0
"""The year of a series that does not begin again."""


class NumberSeries(Base):
    """The last number that a series gave, in each year; in a separated system, to each customer."""

    __tablename__ = "platform_number_series"

    tenant__id: Mapped[UUID] = mapped_column(primary_key=True, info={"data": "internal"})
    series: Mapped[str] = mapped_column(String(63), primary_key=True, info={"data": "internal"})
    year: Mapped[int] = mapped_column(Integer, primary_key=True, info={"data": "internal"})
    last: Mapped[int] = mapped_column(BigInteger, info={"data": "internal"})


def next_number(work: UnitOfWork, series: str, form: str, *, gapless: bool = False) -> str:
    """Give the next number of a series.

    `form` is written as the first number would be, `J-{year}-00001`: its last digits are width
    and start, and with `{year}` it begins again each year. With `gapless` the row stays locked
    until the work is committed, so that a number that is not used is not lost. A customer's own
    series is counted so as well: only that customer's people wait, and only this transaction is
    told whose it is.
    """
    text, first = split(form)
    year = work.today.year if "{year}" in text else EVERY_YEAR
    whose = counted_by(series)
    counting = count(whose, series, year, int(first))
    if gapless or whose is not EVERYBODY:
        last = work.session.execute(counting).scalar_one()
    else:
        with alone(work.session) as connection:
            last = connection.execute(counting).scalar_one()
    return f"{text.replace('{year}', str(work.today.year))}{last:0{len(first)}d}"


def count(whose: Any, series: str, year: int, first: int) -> ReturningInsert[tuple[int]]:
    """Give the statement that counts one further, from the first number on."""
    table = NumberSeries.__table__
    return (
        insert(NumberSeries)
        .values(tenant__id=whose, series=series, year=year, last=first)
        .on_conflict_do_update(
            index_elements=[table.c.tenant__id, table.c.series, table.c.year],
            set_={"last": table.c.last + 1},
        )
        .returning(NumberSeries.last)
    )


def counted_by(series: str) -> Any:
    """Give whose series it is: the customer's whose row is numbered, else everybody's."""
    whose = customer_of(series)
    return EVERYBODY if whose is None else whose


def split(form: str) -> tuple[str, str]:
    """Part a form into its text and the first number."""
    found = re.fullmatch(r"(.*?)([0-9]+)", form, re.DOTALL)
    if found is None:
        raise ValueError(f"a number series ends in digits, such as J-00001, not {form!r}")
    return found[1], found[2]
