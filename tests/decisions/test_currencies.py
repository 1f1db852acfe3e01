"""Where a system has several currencies, each record with money says which its rows are in."""

from __future__ import annotations

from typing import Any

from scaffold.blueprint.load import load
from scaffold.changing import differences
from scaffold.resolve import resolve
from scaffold.resolve.not_built import not_built

SHOP = """\
blueprint: 1
app: Shop
currency: [CHF, EUR]
timezone: UTC
identity: {staff: password, devices: [own_computer]}
roles: {staff: Sells}
records:
  Item:
    fields:
      name: text
      price: money
      dear: {is: yes_no, calculated: price > 100 and currency is "CHF"}
    workflow:
      stages: [new, sold]
      moves:
        sell: {from: new, to: sold, by: [staff], if: currency is "EUR"}
    may: {staff: [add, see, change]}
  Line:
    part_of: Item as lines
    fields: {cost: money}
  Shelf:
    fields: {name: text}
    may: {staff: [add, see, change]}
"""


def currency_of(record: str, text: str = SHOP, applied: Any = None) -> list[dict[str, Any]]:
    """The lines of the model that name the currency of a record."""
    model = resolve(load(text, "shop.yml"), applied)["model"]
    (found,) = [one for one in model["records"] if one["class"] == record]
    return [field for field in found["fields"] if field["name"] == "currency"]


def columns(text: str = SHOP, applied: Any = None) -> str:
    """The columns of an item."""
    model = resolve(load(text, "shop.yml"), applied)["model"]
    return next(str(one["code"]["models"]["columns"]) for one in model["records"])


def test_records_with_money_have_one_and_others_none() -> None:
    for record in ("Item", "Line"):
        (field,) = currency_of(record)
        assert (field["choices"], field["optional"]) == (["CHF", "EUR"], False)
    assert currency_of("Shelf") == []


def test_a_single_currency_is_not_in_each_row() -> None:
    text = SHOP.replace("[CHF, EUR]", "EUR").replace(' and currency is "CHF"', "")
    assert currency_of("Item", text.replace(', if: currency is "EUR"', "")) == []


def test_rows_of_before_are_in_what_came_first_then() -> None:
    assert 'backfill="CHF"' in columns()
    assert 'backfill="EUR"' in columns(applied={"currencies": ["EUR"]})


def test_what_speaks_of_it_is_generated() -> None:
    assert "{currency} = 'CHF'" in columns()
    policy = next(
        one["code"]["policy"] for one in resolve(load(SHOP, "shop.yml"))["model"]["records"]
    )
    assert "{currency} = 'EUR'" in str(policy)


def test_that_parts_may_be_in_another_one_is_said() -> None:
    sentence = "Line: that it is in the currency of its whole is not held yet."
    assert [said for said in not_built(load(SHOP, "shop.yml")) if "currency" in said] == [sentence]


def test_a_currency_that_rows_may_be_in_does_not_go() -> None:
    applied = load(SHOP, "shop.yml")
    for wanted in ("[CHF, SEK]", "EUR", "CHF"):
        text = SHOP.replace("[CHF, EUR]", wanted).replace(', if: currency is "EUR"', "")
        text = text.replace(' and currency is "CHF"', "")
        (change, *_) = differences(applied, load(text, "shop.yml"), {})
        assert (change.kind, change.verdict) == ("currency-changed", "breaks"), wanted
    more = load(SHOP.replace("[CHF, EUR]", "[EUR, CHF, SEK]"), "shop.yml")
    (change,) = differences(applied, more, {})
    assert change.verdict == "safe"
