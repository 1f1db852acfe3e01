"""What each type of field becomes: a column, a value of the API, a place in lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of field.

    `column` and `value` are its names in `platform.columns` and `platform.values`, `sql` its
    SQLAlchemy type in migrations. `rules` says which function of `platform.values` takes its
    bounds. `longest` bounds a text that says nothing. `filters` are the comparisons of lists;
    `query` is the value's name in a query, where it differs; `sorts` whether lists sort by it.
    """

    column: str
    value: str
    sql: str
    rules: str = "rule"
    longest: int | None = None
    filters: tuple[str, ...] = ()
    query: str | None = None
    sorts: bool = False

    @property
    def is_text(self) -> bool:
        """Whether bounds speak of its length."""
        return self.longest is not None


EXACT = ("",)
RANGE = ("", "gte", "lte")

KINDS: dict[str, Kind] = {
    "text": Kind("Text", "Text", "sa.String()", "text", 200, EXACT, sorts=True),
    "long_text": Kind("LongText", "LongText", "sa.String()", "text", 20_000),
    "email": Kind("Email", "Email", "sa.String()", "text", 254, EXACT, sorts=True),
    "phone": Kind("Phone", "Phone", "sa.String()", "text", 32, EXACT, sorts=True),
    "url": Kind("Url", "Url", "sa.String()", "text", 2_000),
    "integer": Kind(
        "Integer", "Integer", "sa.BigInteger()", "whole", None, RANGE, "WholeText", sorts=True
    ),
    "decimal": Kind(
        "Decimal", "Decimal", "sa.Numeric({digits}, {places})", "amount", None, RANGE, sorts=True
    ),
    "money": Kind("Money", "Money", "sa.Numeric(18, 2)", "amount", None, RANGE, sorts=True),
    "percent": Kind("Percent", "Percent", "sa.Numeric(9, 4)", "amount", None, RANGE, sorts=True),
    "yes_no": Kind("YesNo", "YesNo", "sa.Boolean()", "rule", None, EXACT, "Flag"),
    "date": Kind("Date", "Date", "sa.Date()", "days", None, RANGE, sorts=True),
    "time": Kind("Time", "Time", "sa.Time()", "times", None, (), sorts=True),
    "datetime": Kind(
        "Datetime", "Datetime", "sa.DateTime(timezone=True)", "moments", None, RANGE, sorts=True
    ),
    "duration": Kind("Duration", "Duration", "sa.Interval()", "durations"),
    "file": Kind("File", "Id", "sa.Uuid()"),
    "json": Kind("Json", "Json", "sa.JSON()"),
    "uuid": Kind("Id", "Id", "sa.Uuid()", "rule", None, EXACT),
    "choice": Kind("Choice", "", "sa.String(60)", "rule", None, EXACT, sorts=True),
    "record": Kind("Id", "Id", "sa.Uuid()", "rule", None, EXACT),
}
