"""Values as people read and type them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.platform import values as v
from app.platform.console.kinds import KINDS, Place
from app.platform.console.notices import along
from app.platform.console.words import counted, label, listed

ZURICH = Place(ZoneInfo("Europe/Zurich"), "CHF")
NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("hint", "value", "shown", "filled"),
    [
        (v.Text, "a\nb", "a\nb", "a\nb"),
        (v.Integer, -1234567, "-1,234,567", "-1234567"),
        (v.Integer, 2015, "2015", "2015"),
        (v.Money, Decimal("1234.50"), "1,234.50 CHF", "1234.50"),
        (v.Percent, Decimal("8.100"), "8.1 %", "8.1"),
        (v.Decimal, Decimal("100.000"), "100", "100"),
        (v.YesNo, False, "No", "false"),
        (v.Date, dt.date(2026, 3, 1), "1 Mar 2026", "2026-03-01"),
        (v.Time, dt.time(7, 5), "07:05", "07:05:00"),
        (v.Time, dt.time(7, 5, 9), "07:05:09", "07:05:09"),
        (v.Datetime, NOON, "1 Jul 2026, 14:00", "2026-07-01T14:00"),
        (v.Duration, dt.timedelta(days=1, hours=2, minutes=30), "1 d 2 h 30 min", "1 d 2 h 30 min"),
        (v.Duration, dt.timedelta(), "0 min", "0 min"),
        (v.Difference, -dt.timedelta(hours=2), "-2 h", "-2 h"),
        (v.Json, {"a": "ä"}, '{\n  "a": "ä"\n}', '{\n  "a": "ä"\n}'),
    ],
)
def test_values_are_written_for_people(hint: Any, value: Any, shown: str, filled: str) -> None:
    kind = KINDS[hint]
    assert (kind.show(value, ZURICH), kind.fill(value, ZURICH)) == (shown, filled)


@pytest.mark.parametrize(
    ("hint", "typed", "read"),
    [
        (v.Text, "as it is", "as it is"),
        (v.Integer, "1,234", 1234),
        (v.Integer, "-7", -7),
        (v.Integer, "1,23", "1,23"),
        (v.Integer, "many", "many"),
        (v.Money, "1,234.50", "1234.50"),
        (v.Money, "12,50", "12.50"),
        (v.Money, "2 500,00", "2500.00"),
        (v.Money, "1.234,50", "1.234,50"),
        (v.Money, "1,2,3", "1,2,3"),
        (v.Money, "two of them", "two of them"),
        (v.YesNo, "true", True),
        (v.YesNo, "perhaps", "perhaps"),
        (v.Datetime, "2026-07-01T14:00", "2026-07-01T14:00:00+02:00"),
        (v.Datetime, "noon", "noon"),
        (v.Duration, "1d 2h 30min", "P1DT2H30M"),
        (v.Duration, "90 m", "PT1H30M"),
        (v.Duration, "1.5 hours", "PT1H30M"),
        (v.Duration, "1,5 h", "PT1H30M"),
        (v.Duration, "1:30", "PT1H30M"),
        (v.Duration, "1:75", "1:75"),
        (v.Percent, "25 %", "25"),
        (v.Duration, "2 days 1 hour 5 minutes", "P2DT1H5M"),
        (v.Duration, "", ""),
        (v.Duration, "long", "long"),
        (v.Json, "[1]", [1]),
    ],
)
def test_what_is_typed_is_read_and_what_is_unclear_is_left_to_the_schema(
    hint: Any, typed: str, read: Any
) -> None:
    assert KINDS[hint].read(typed, ZURICH) == read


def test_names_are_written_in_plain_words() -> None:
    assert (label("scheduled_for"), label("site_id"), label("")) == ("Scheduled for", "Site", "")
    assert (listed(["a"]), listed(["a", "b", "c"])) == ("a", "a, b and c")


def test_whom_a_move_did_not_reach_is_said() -> None:
    assert along("There is no address of", []) == ""
    told = along("There is no address of", ["boiler.household.email", "fitter"])
    assert told == " There is no address of: household email and fitter."


def test_names_with_numbers_are_in_the_order_of_the_numbers() -> None:
    names = ["depot 10", "Depot 2", "Depot 1", "2nd depot", "Depot", "depot 2 b"]
    ordered = ["2nd depot", "Depot", "Depot 1", "Depot 2", "depot 2 b", "depot 10"]
    assert sorted(names, key=counted) == ordered
