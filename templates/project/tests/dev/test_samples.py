"""Samples: believable, allowed, and the same every time."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from app.platform import forms
from app.platform import values as v
from app.platform.access import POLICIES
from app.platform.db import Session, new_id
from app.platform.schemas import In
from dev.distinct import Taken
from dev.fields import nth, short, unwrapped, within
from dev.samples import (
    Samples,
    as_json,
    entity_of,
    schema_of,
    tables,
)


def test_every_record_has_samples(samples: Samples) -> None:
    assert set(tables()) == set(POLICIES)
    for table in tables():
        row = samples.make(table)
        assert row.version == 1
        assert samples.session.get(entity_of(table), row.id) is row


def test_records_come_after_those_they_point_to() -> None:
    order = tables()
    for place, table in enumerate(order):
        for column in POLICIES[table].table.columns:
            for key in column.foreign_keys:
                needed = not column.nullable and key.column.table.name in order
                assert not needed or order.index(key.column.table.name) <= place


def test_bodies_are_what_adding_takes(samples: Samples) -> None:
    for table in tables():
        schema = schema_of(entity_of(table))
        for full in (False, True):
            body = (samples.full_body if full else samples.body)(table)
            assert schema.model_validate(body).model_fields_set == body.keys()
            assert not full or body.keys() == schema.model_fields.keys()


def test_the_same_seed_makes_the_same_samples(session: Session) -> None:
    def bodies(seed: int) -> list[Any]:
        samples = Samples(session, seed)
        with session.begin_nested() as undone:
            samples.begin()
            made = [samples.body(table) for table in tables() for _ in range(5)]
            undone.rollback()
        return [{k: v for k, v in body.items() if not is_id(v)} for body in made]

    assert bodies(1) == bodies(1)
    assert bodies(1) != bodies(2)


def is_id(value: object) -> bool:
    """Whether it is an id, which is a new one each time."""
    return isinstance(value, str) and len(value) == len(str(UUID(int=0))) and value.count("-") == 4


def test_values_that_are_given_win(samples: Samples) -> None:
    assert samples.make("users", name="Zoe Example").name == "Zoe Example"
    assert samples.body("users", email="zoe@example.com")["email"] == "zoe@example.com"
    person = samples.person(email="zoe@example.com")
    assert samples.session.get_one(entity_of("users"), person).id == person


class Wanted(In):
    """Fields with bounds, as records have them."""

    count: v.Integer = v.whole(min=3, max=4)
    few: v.Integer = v.whole()
    price: v.Money = v.amount(min="100")
    share: v.Percent = v.amount(max="0.5", places=4, digits=5)
    code: v.Plain = v.text(max=6, min=4, pattern="[A-Z]{2}[0-9]{2,4}")
    word: v.Text = v.text(max=3)
    long: v.Text = v.text(max=300, min=250)
    mail: v.Email = v.text(max=254)
    phone: v.Phone = v.text(max=32)
    link: v.Url = v.text(max=2000)
    day: v.Date = v.days(min="2030-01-01")
    late: v.Date = v.days(max="2020-01-01")
    at: v.Datetime = v.rule()
    clock: v.Time = v.times(max="08:00")
    span: v.Duration = v.durations(min="P1D")
    yes: v.YesNo
    more: v.Json
    many: v.Ids
    maybe: v.Text | None = v.text(max=20, default=v.KEEP)


def test_values_keep_within_the_bounds(samples: Samples) -> None:
    for _ in range(20):
        made = {
            name: samples.value(entity_of("users"), name, field)
            for name, field in Wanted.model_fields.items()
        }
        assert Wanted.model_validate(made).model_fields_set == made.keys()


def test_a_pattern_that_fits_no_length_is_said(samples: Samples) -> None:
    class Impossible(In):
        code: v.Plain = v.text(max=2, pattern="[a-z]{5}")

    with pytest.raises(ValueError, match=r"no text of that length.*\[a-z\]"):
        samples.value(entity_of("users"), "code", Impossible.model_fields["code"])


def test_a_field_is_read_through_none_and_annotations() -> None:
    kind, rules = unwrapped(Wanted.model_fields["maybe"])
    assert (kind, rules["max_length"]) == (str, 20)
    assert unwrapped(Wanted.model_fields["count"]) == (int, {"ge": 3, "le": 4})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), "2026-03-02T09:00:00Z"),
        (dt.date(2026, 3, 2), "2026-03-02"), (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=2), "PT120M"), (decimal.Decimal("1.50"), "1.50"),
        ("text", "text"), (5, 5), (True, True), (None, None), ([], []),
    ],
)  # fmt: skip
def test_values_are_written_as_json_has_them(value: object, written: object) -> None:
    assert as_json(value) == written


def test_ids_are_written_as_text() -> None:
    key = new_id()
    assert as_json(key) == str(key)


@pytest.mark.parametrize(
    ("value", "low", "high", "kept"),
    [(5, None, None, 5), (5, 6, None, 6), (5, None, 4, 4), (5, 1, 9, 5)],
)
def test_a_value_outside_its_bounds_is_moved_to_them(
    value: int, low: int | None, high: int | None, kept: int
) -> None:
    assert within(value, low, high) == kept


@pytest.mark.parametrize(
    ("kind", "rules", "places", "room"),
    [
        (int, {"ge": 1, "le": 6}, 0, 6), (int, {"le": 0}, 0, 200), (int, {}, 0, 200),
        (decimal.Decimal, {"ge": decimal.Decimal(0), "le": decimal.Decimal("0.5")}, 1, 6),
        (dt.date, {"ge": dt.date(2026, 1, 1), "le": dt.date(2026, 1, 7)}, 0, 7),
        (dt.time, {"ge": dt.time(9), "le": dt.time(9, 0, 4)}, 0, 5), (dt.time, {}, 0, 200),
        (dt.timedelta, {"le": dt.timedelta(seconds=2)}, 0, 3), (dt.datetime, {}, 0, 200),
    ],
)  # fmt: skip
def test_values_differ_as_long_as_there_is_room(
    kind: type, rules: dict[str, Any], places: int, room: int
) -> None:
    made = [nth(count, kind, rules, places) for count in range(200)]
    assert len(set(made)) == room
    assert all(value == within(value, rules.get("ge"), rules.get("le")) for value in made)


@pytest.mark.parametrize(
    ("kind", "pattern", "longest"),
    [(v.Email, "EMAIL", 5), (v.Phone, "PHONE", 5), (v.Url, "URL", 9)],
)
def test_short_texts_have_the_form_of_their_kind(kind: Any, pattern: str, longest: int) -> None:
    made = {short(getattr(forms, pattern), count, longest) for count in range(10)}
    assert len(made) == 10
    for text in made:
        assert len(text) <= longest
        assert TypeAdapter(kind).validate_python(text) == text


def test_what_was_given_away_is_not_given_again() -> None:
    users = entity_of("users")
    taken = Taken()
    taken.add(users, {"email": "zoe@example.com"})
    assert [*taken.clashes(users, {"email": "zoe@example.com"})] == [("email",)]
    assert [*taken.clashes(users, {"email": "ana@example.com"})] == []
    taken.free(users, {"email": "zoe@example.com"})
    assert [*taken.clashes(users, {"email": "zoe@example.com"})] == []
