"""Reference numbers such as J-2026-00042: counted without gaps, however many are made at once."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.apart import customer_of
from app.platform.db import Base
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


def next_number(work: UnitOfWork, series: str, form: str) -> str:
    """Give the next number of a series.

    `form` is written as the first number would be, `J-{year}-00001`: its last digits are width
    and start, and with `{year}` it begins again each year. The row stays locked until the work is
    committed, so a number that is not used is not lost.
    """
    text, first = split(form)
    year = work.today.year if "{year}" in text else EVERY_YEAR
    table = NumberSeries.__table__
    count = work.session.execute(
        insert(NumberSeries)
        .values(tenant__id=counted_by(series), series=series, year=year, last=int(first))
        .on_conflict_do_update(
            index_elements=[table.c.tenant__id, table.c.series, table.c.year],
            set_={"last": table.c.last + 1},
        )
        .returning(NumberSeries.last)
    ).scalar_one()
    return f"{text.replace('{year}', str(work.today.year))}{count:0{len(first)}d}"


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
