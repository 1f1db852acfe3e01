"""Shapes of time and money: lengths of time, dates, budgets."""

from __future__ import annotations

import re
from datetime import date

from scaffold.blueprint.faults import Path
from scaffold.blueprint.report import Report
from scaffold.blueprint.sections import UNITS, Budget, Span
from scaffold.blueprint.shapes.plain import Schema, Unreadable, refuse, text_of
from scaffold.blueprint.source.nodes import Node

SPAN = re.compile(rf"([1-9][0-9]{{0,5}}) ({'|'.join(UNITS)})s?")
_SHORT_UNITS = UNITS[: UNITS.index("month")]
_SHORT = re.compile(rf"([1-9][0-9]{{0,5}}) ({'|'.join(_SHORT_UNITS)})s?")
_BUDGET = re.compile(r"([1-9][0-9]{0,8}) a (month|year)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class SpanText:
    """A length of time as people say it; a `short` one has no months or years.

    With `monthly`, it stands before `a month`, because it is measured every month.
    """

    def __init__(self, *, short: bool = False, monthly: bool = False) -> None:
        self.monthly = monthly
        self.form = _SHORT if short or monthly else SPAN

    def read(self, node: Node, path: Path, report: Report) -> Span | Unreadable:
        """The length of time."""
        found = text_of(node) or ""
        match = self.form.fullmatch(found.removesuffix(" a month") if self.monthly else found)
        if match and (found.endswith(" a month") or not self.monthly):
            return Span(int(match[1]), match[2])
        example = "30 minutes or 2 days" if self.form is _SHORT else "30 minutes, 2 days or 7 years"
        example = "4 hours a month" if self.monthly else example
        return refuse(report, path, f"a length of time, such as {example}", node)

    def schema(self) -> Schema:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{self.form.pattern}{' a month' * self.monthly}$"}


class BudgetText:
    """An amount a month or a year."""

    def read(self, node: Node, path: Path, report: Report) -> Budget | Unreadable:
        """The budget."""
        match = _BUDGET.fullmatch(text_of(node) or "")
        if match:
            return Budget(int(match[1]), match[2])
        return refuse(report, path, "an amount, such as 200 a month", node)

    def schema(self) -> Schema:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{_BUDGET.pattern}$"}


class DateText:
    """A calendar date, kept as text."""

    def read(self, node: Node, path: Path, report: Report) -> str | Unreadable:
        """The date as YYYY-MM-DD."""
        found = text_of(node) or ""
        if is_date(found):
            return found
        return refuse(report, path, "a date, such as 2027-06-30", node)

    def schema(self) -> Schema:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{_DATE.pattern}$"}


def is_date(text: str) -> bool:
    """Whether the text is a real date written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
