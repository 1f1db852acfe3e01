"""Expressions of a blueprint as generated code says them."""

from __future__ import annotations

import pytest

from scaffold.blueprint import load
from scaffold.resolve.gathering import resolved_records
from tests.language.small_blueprint import SMALL

MORE = """\
      vat: {is: percent, default: 20}
      took: {is: optional duration}
      began: {is: optional datetime}
      title: {is"""
SAID = [
    ("total > 0 and total <= my limit_up_to", "{total} > 0 AND {total} <= {my limit_up_to}"),
    ("size is small unless paid", "{size} = 'small' OR {paid}"),
    ("not (paid or rate != 1.5)", "NOT ({paid} OR {rate} <> 1.5)"),
    ("number of lines > 0", "{number of lines} > 0"),
    ("sum of lines.amount >= 2", "{sum of lines.amount} >= 2"),
    ('team.name is "it\'s {x}"', "{team.name} = 'it''s {x}'"),
    ("buyer is not blank", "nullif({buyer}, '') IS NOT NULL"),
    ("seller is blank", "{seller} IS NULL"),
    ("size not in [large]", "{size} NOT IN ('large')"),
    ("total * vat > 1", "({total} * {vat} / 100) > 1"),
    ("vat * vat > 1", "({vat} * {vat} / 100 / 100) > 1"),
    ("total / vat > 1", "({total} / nullif({vat} / 100.0, 0)) > 1"),
    ("vat / 2 > 1", "({vat} / 100 / nullif(2, 0)) > 1"),
    ("2 * number of lines > -1", "(2::numeric * {number of lines}) > (-1)"),
    ("due_on + 30 < today", "({due_on} + 30) < {today}"),
    ('due_on is "2027-06-30"', "{due_on} = DATE '2027-06-30'"),
    ("began + took < now", "({began} + {took}) < {now}"),
    (
        "took / took > 1",
        "(extract(epoch FROM {took}) / nullif(extract(epoch FROM {took}), 0)) > 1",
    ),
    ("paid is true", "{paid} = true"),
]


def written(text: str) -> str:
    """The condition of the move `send` of an Order as generated code says it."""
    quoted = text.replace("'", "''")
    said = SMALL.replace("total <= my limit_up_to", f"'{quoted}'").replace(
        "      title: {is", MORE, 1
    )
    order = next(one for one in resolved_records(load(said)) if one.record.name == "Order")
    (move,) = (move for move in order.offered if move.name == "send")
    assert move.if_ is not None
    return order.as_sql(move.if_)


@pytest.mark.parametrize(("text", "sql"), SAID)
def test_an_expression_is_sql_with_names_in_braces(text: str, sql: str) -> None:
    assert written(text) == sql


def test_numbers_of_days_and_times_as_long_stay_within_what_a_date_can_hold() -> None:
    assert "AS integer)" in written("due_on + number of lines > today")
    assert written("took * 2 = took").count("8640000000") == 4
