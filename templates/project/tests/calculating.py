"""The tests of records with calculated fields."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, localcontext
from random import Random
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Numeric
from sqlalchemy.types import TypeEngine

from app.platform.expressions import CALCULATED
from app.platform.values import LARGEST
from tests.asking import Around
from tests.calling import Caller
from tests.records import Record

ROUNDS = 6
LONGEST = dt.timedelta(days=100_000)


class CalculatingTests(Record):
    """Some fields are calculated whenever they are read."""

    calculated: ClassVar[dict[str, str]]

    def test_what_is_calculated_is_what_it_should_be(self, everyone: Caller) -> None:
        row = self.row(everyone)
        around, random = Around(everyone.samples, row), Random(3)
        kept = {name.removesuffix("_id") for name in self.mine(everyone, "see")}
        for name, text in self.calculated.items():
            type_ = CALCULATED[self.table][name].type
            for _ in range(ROUNDS):
                expected = kept_by(type_, around.verdict(text))
                assert getattr(row, name) == expected, (name, text)
                for spoken in sorted(around.spoken):
                    around.vary(random, row, spoken, text, kept)
            everyone.samples.session.commit()
            assert self.shown(everyone, row, name)

    def test_what_is_calculated_cannot_be_sent(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        for name in self.calculated:
            assert everyone.post(home, body | {name: None}).status_code == 422

    def shown(self, caller: Caller, row: Any, name: str) -> bool:
        """Whether the API gives a value where there is one that the caller may see."""
        answer = caller.get(self.url(row))
        caller.samples.session.refresh(row)
        blank = getattr(row, name) is None or name in answer.json().get("hidden_fields", ())
        return answer.status_code != 200 or (answer.json()[name] is None) is blank


def kept_by(type_: TypeEngine[Any], value: Any) -> Any:
    """Give a value as a type keeps it: rounded, and blank where it does not fit."""
    if isinstance(type_, Numeric) and value is not None:
        places = type_.scale or 0
        with localcontext(prec=60):
            value = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return value if abs(value) < 10 ** ((type_.precision or 0) - places) else None
    if isinstance(type_, BigInteger) and value is not None:
        return int(value) if abs(value) <= LARGEST else None
    return None if isinstance(value, dt.timedelta) and abs(value) >= LONGEST else value
