"""Where a system has several currencies, each record with money says which its rows are in."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scaffold.blueprint import BlueprintError, load
from scaffold.changing import SAFE, Change, differences
from scaffold.resolve import resolve

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
    fields:
      cost: money
      foreign: {is: yes_no, calculated: currency is "EUR"}
  Shelf:
    fields: {name: text}
    may: {staff: [add, see, change]}
"""


SPEAKING = re.compile(r', if: currency is "EUR"| and currency is "CHF"|      foreign: .*\n')
"""What reads a currency."""
PRICELESS = re.sub(r"      (price|dear): .*\n", "", SHOP).replace(', if: currency is "EUR"', "")
"""The shop in which only the lines have money."""


def resolved(text: str) -> Any:
    """The model that templates read."""
    return resolve(load(text, "shop.yml"))["model"]


def stops(change: Change) -> bool:
    """Whether an update waits for it."""
    return change.verdict != SAFE


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
    (field,) = currency_of("Item")
    assert (field["choices"], field["optional"]) == (["CHF", "EUR"], False)
    assert currency_of("Shelf") == []


def test_a_part_is_in_the_currency_of_its_whole() -> None:
    assert currency_of("Line") == []
    (line,) = (one for one in resolved(SHOP)["records"] if one["class"] == "Line")
    assert "{item.currency} = 'EUR'" in line["code"]["models"]["columns"]
    assert "its amounts are in the currency of its whole: `item.currency`" in line["said"]


def test_a_part_of_what_has_no_money_says_its_own() -> None:
    assert currency_of("Item", PRICELESS) == []
    assert currency_of("Line", PRICELESS) != []


def test_a_check_of_a_part_does_not_read_what_stands_in_its_whole() -> None:
    checked = SHOP.replace("    part_of", "    checks: {No.: currency is not blank}\n    part_of")
    with pytest.raises(BlueprintError, match="A check sees one row only; 'currency' is in another"):
        load(checked, "shop.yml")


def test_a_currency_goes_with_the_last_amount_once_it_is_retired() -> None:
    applied = load(SHOP, "shop.yml")
    gone = PRICELESS.replace("      name: text\n", "      name: text\n    retired: [price]\n", 1)
    asked = [
        change.where for change in differences(applied, load(gone, "s.yml"), {}) if stops(change)
    ]
    assert asked == ["records.Item.fields.currency"]
    both = gone.replace("[price]", "[price, currency]")
    changes = differences(applied, load(both, "s.yml"), {})
    assert [change.where for change in changes if stops(change)] == []
    assert "Line.currency; rows of today get `CHF`" in " ".join(c.words for c in changes)


def test_a_single_currency_is_not_in_each_row() -> None:
    text = SPEAKING.sub("", SHOP).replace("[CHF, EUR]", "EUR")
    assert currency_of("Item", text) == []


def test_rows_of_before_are_in_what_came_first_then() -> None:
    assert 'backfill="CHF"' in columns()
    assert 'backfill="EUR"' in columns(applied={"currencies": ["EUR"]})


def test_what_speaks_of_it_is_generated() -> None:
    assert "{currency} = 'CHF'" in columns()
    policy = next(
        one["code"]["policy"] for one in resolve(load(SHOP, "shop.yml"))["model"]["records"]
    )
    assert "{currency} = 'EUR'" in str(policy)


def test_a_currency_that_rows_may_be_in_does_not_go() -> None:
    applied = load(SHOP, "shop.yml")
    for wanted in ("[CHF, SEK]", "EUR", "CHF"):
        text = SPEAKING.sub("", SHOP).replace("[CHF, EUR]", wanted)
        (change, *_) = differences(applied, load(text, "shop.yml"), {})
        assert (change.kind, change.verdict) == ("currency-changed", "breaks"), wanted
    more = load(SHOP.replace("[CHF, EUR]", "[EUR, CHF, SEK]"), "shop.yml")
    changes = differences(applied, more, {})
    assert changes
    assert not any(stops(change) for change in changes)
