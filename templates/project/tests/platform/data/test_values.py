"""What is accepted, how it comes back, and that the documentation says the same."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError, create_model

from app.platform import forms
from app.platform import values as v
from app.platform.schemas import In
from tests.platform.data.json_schema import allows

ID = "01890a5d-ac96-774b-bcce-b302099a8057"
OTHER = "01890a5d-ac96-774b-bcce-b302099a8058"
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 2.0, 10**30, [], {}, "", " ", "\n", "0", "-0", "1", "-1",
    "+1", "01", "1.", ".5", "1.5", "1.25", "1.255", "1e3", "Infinity", "NaN", "١", "1_0", " 1",
    "1\n", "99999.9999", "100000", "9" * 15, "9" * 16, "9" * 17, "9007199254740992", "-0.00",
    "a", "ab", "abc", "a\0b", "\0", "\ud800", "\u200b", "x" * 300, "true", "false", "True",
    "2026-03-31", "2026-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "2026-3-1", "20260331",
    "2026-W13-2", "16:30", "16:30:05", "16:30:05.123456", "24:00", "16:60", "16:30Z",
    "2026-03-31T16:30:00Z", "2026-03-31t16:30:00z", "2026-03-31T16:30:00", "2026-03-31 16:30:00Z",
    "2026-03-31T16:30:00.123+02:00", "2026-03-31T24:00:00Z", "2026-03-31T16:30:00+25:00",
    "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "P1D", "P1DT2H", "PT90M", "PT1H3S",
    "PT1.5S", "P", "PT", "P1Y", "P1W", "P1DT", "-P1D", "P1D2H", "PT1M2H", "P3D",
    ID, ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", [ID], [ID, ID],
    [ID, OTHER], [ID, ID.upper()], ["x"], "ana@example.com", "ana@localhost", "ana @example.com",
    "ana@example.com\n", "+1 (555) 010-0100", "555", "call me", "https://example.com/a?b=c",
    "javascript:alert(1)", "https://exa mple.com", "http://",
]  # fmt: skip

KINDS: dict[str, tuple[Any, Any]] = {
    "text": (v.Text, v.text(max=200)),
    "short text": (v.Text, v.text(min=2, max=3)),
    "pattern": (v.Plain, v.text(max=3, pattern="a|b+")),
    "optional text": (v.Text | None, v.text(max=2, default=v.KEEP)),
    "email": (v.Email, v.text(max=254)),
    "phone": (v.Phone, v.text(max=32)),
    "url": (v.Url, v.text(max=2000)),
    "integer": (v.Integer, v.whole(max=5)),
    "yes_no": (v.YesNo, v.rule()),
    "money": (v.Money, v.rule()),
    "amount of money": (v.Money, v.amount(min="0")),
    "optional money": (v.Money | None, v.amount(min="0", default=v.KEEP)),
    "percent": (v.Percent, v.amount(places=1, digits=5)),
    "decimal": (v.Decimal, v.amount(places=2, digits=16)),
    "whole decimal": (v.Decimal, v.amount(places=0, digits=3)),
    "date": (v.Date, v.days()),
    "time": (v.Time, v.times()),
    "datetime": (v.Datetime, v.moments()),
    "duration": (v.Duration, v.durations()),
    "money within": (v.Money, v.amount(min="0.5", max="99999.9")),
    "date within": (v.Date, v.days(min="0001-01-02", max="2026-03-31")),
    "time within": (v.Time, v.times(min="16:30:05", max="20:00")),
    "datetime within": (v.Datetime | None, v.moments(min="1970-01-01T00:00:00Z", default=v.KEEP)),
    "duration within": (v.Duration, v.durations(min="PT90S", max="P2D")),
    "id": (v.Id, v.rule()),
    "ids": (v.Ids, v.rule(default=[])),
    "whole number in a query": (v.WholeText, v.whole(min=1)),
}


def model_of(kind: str) -> type[In]:
    """Make a schema with one field of this kind."""
    return create_model("Model", __base__=In, value=KINDS[kind])


def accepted(model: type[In], value: Any) -> bool:
    """Whether the validator accepts it."""
    try:
        model.model_validate({"value": value})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"whole number in a query", "text"}))
def test_what_is_documented_is_what_is_accepted(kind: str) -> None:
    model = model_of(kind)
    schema = model.model_json_schema()["properties"]["value"]
    differ = [
        value
        for value in ODD
        if accepted(model, value) != (allows(schema, value) and value != "\ud800")
        and (kind, value) not in ALLOWED_TO_DIFFER
    ]
    assert differ == []


ALLOWED_TO_DIFFER: list[tuple[str, Any]] = [
    ("ids", [ID, ID.upper()]),  # the same id, written twice: a schema compares letters
]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("money", "-0.00", "0.00"), ("percent", "12.5", "12.5"),
        ("text", " ä\n", " ä\n"), ("integer", 5.0, 5), ("money", "5", "5.00"),
        ("decimal", "100", "100"), ("decimal", "1.50", "1.5"), ("decimal", "-0", "0"),
        ("money", "9" * 16 + ".99", "9" * 16 + ".99"), ("date", "2024-02-29", "2024-02-29"),
        ("time", "16:30", "16:30:00"), ("datetime", "2026-03-31T16:30:00+02:00",
        "2026-03-31T14:30:00Z"), ("datetime", "2026-03-31t16:30:00.1234567z",
        "2026-03-31T16:30:00.123456Z"), ("duration", "PT90M", "PT1H30M"),
        ("duration", "PT99999S", "P1DT3H46M39S"), ("duration", "P400D", "P400D"),
        ("duration", "PT0S", "PT0S"), ("duration", "PT1H3.5S", "PT1H3.5S"), ("id", ID.upper(), ID),
        ("ids", [ID], [ID]), ("optional text", None, None), ("optional money", None, None),
    ],
)  # fmt: skip
def test_a_value_comes_back_in_its_one_form(kind: str, value: Any, written: Any) -> None:
    model = model_of(kind)
    out = model.model_validate({"value": value}).model_dump(mode="json")
    assert out == {"value": written}
    assert model.model_validate(out).model_dump(mode="json") == out


@pytest.mark.parametrize(
    ("kind", "rules", "inside", "outside"),
    [
        (v.Integer, v.whole(min=2, max=5), [2, 5], [1, 6]),
        (v.Integer, v.whole(), [v.LARGEST, -v.LARGEST], [v.LARGEST + 1, -v.LARGEST - 1]),
        (v.WholeText, v.whole(min=1, max=100), ["1", "100"], ["0", "101", "007", "-0", "5.0", 5.5]),
        (v.WholeText, v.whole(), [str(v.LARGEST)], [str(v.LARGEST + 1)]),
        (v.Money, v.amount(min="1", max="2.5"), ["1", "2.50"], ["0.99", "2.51", "-1"]),
        (v.Money | None, v.amount(max="2", default=None), [None, "-9", "2"], ["2.01", 2]),
        (v.Decimal, v.amount(min="-1", places=3), ["-1.000", "0.125"], ["-1.001", "0.1250"]),
        (v.Date, v.days(min="2020-01-01", max="2020-12-31"), ["2020-02-29"], ["2019-12-31"]),
        (v.Time, v.times(min="08:00", max="17:30"), ["08:00", "17:30:00"], ["07:59", "17:30:01"]),
        (
            v.Datetime,
            v.moments(min="2020-01-01T00:00:00Z", max="2020-01-02T00:00:00Z"),
            ["2020-01-01T02:00:00+02:00"],
            ["2020-01-01T00:00:00+00:01"],
        ),
        (v.Duration, v.durations(min="PT1H", max="P2D"), ["PT60M", "PT48H"], ["PT59M", "P3D"]),
        (v.Flag, v.rule(), ["true", "false"], ["1", "yes", "True", True, ""]),
        (v.Json, v.rule(), [None, 0, "", [], {"a": [1.5, True]}], [float("inf"), "\0", ["\ud800"]]),
        (v.Json, v.rule(), [{"ä": {}}], [{"a\0": 1}, {"a": {"\udfff": 1}}, float("nan")]),
    ],
)
def test_bounds_hold(kind: Any, rules: Any, inside: list[Any], outside: list[Any]) -> None:
    model = create_model("Model", __base__=In, value=(kind, rules))
    assert [value for value in inside if not accepted(model, value)] == []
    assert [value for value in outside if accepted(model, value)] == []


def test_the_bounds_of_numbers_are_documented() -> None:
    model = create_model("M", __base__=In, value=(v.WholeText, v.whole(min=1, max=100)))
    schema = model.model_json_schema()["properties"]["value"]
    assert (schema["type"], schema["minimum"], schema["maximum"]) == ("integer", 1, 100)


@pytest.mark.parametrize(("depth", "fine"), [(50, True), (51, False)])
def test_json_may_be_nested_so_deep(depth: int, fine: bool) -> None:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    assert accepted(create_model("M", __base__=In, value=(v.Json, v.rule())), value) is fine


def test_json_is_documented_down_to_the_names_within_it() -> None:
    (described,) = TypeAdapter(v.Json).json_schema()["$defs"].values()
    kinds = {kind["type"]: kind for kind in described["anyOf"]}
    for rule in (kinds["object"]["propertyNames"], kinds["string"]):
        assert [text for text in ("ä", "a\0") if allows(rule, text)] == ["ä"]
    assert kinds["array"]["items"] == kinds["object"]["additionalProperties"]
    assert kinds["array"]["items"]["$ref"].endswith("/JsonValue")


def test_a_refusal_says_what_is_allowed() -> None:
    for kind, words in {"date": "such as 2026-03-31", "money": "such as 12.50"}.items():
        with pytest.raises(ValidationError, match=words):
            model_of(kind).model_validate({"value": "zoe-canary"})
    with pytest.raises(ValidationError, match="no minus, at most 16 digits before the point and 2"):
        model_of("amount of money").model_validate({"value": "-1"})


def test_durations_are_read_as_they_are_written() -> None:
    parts = itertools.product(("", "2D"), ("", "3H"), ("", "4M"), ("", "5S", "5.000006S"))
    for days, *clock in parts:
        text = f"P{days}" + ("T" + "".join(clock) if any(clock) else "")
        if text != "P":
            assert forms.span(forms.duration(text)) == text


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name"])
def test_a_list_is_sorted_by_its_fields_alone(sort: str) -> None:
    model = create_model("M", __base__=In, sort=(str, v.sort("created_at", "name")))
    assert model.model_validate({"sort": sort}).model_dump() == {"sort": sort}
    for other in ("", "--name", "names", "version", "name,created_at", "name\n"):
        with pytest.raises(ValidationError):
            model.model_validate({"sort": other})
