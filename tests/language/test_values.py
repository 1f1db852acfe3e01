"""What a blueprint may give as a default is what the API of its project accepts, and no more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from scaffold.blueprint.meaning import forms
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.values import DEFAULT_PLACES, PERCENT_DIGITS
from tests.language.fault_tables import answers

SOURCE = Path(__file__).parents[2] / "templates" / "project" / "src"
TEXTS = {
    "Text": ["x", "", " ", "\u00a0", "a\nb", " a "],
    "LongText": ["x", "", "\t\n"],
    "Email": [
        "a@b.co",
        "a@b",
        "a.b+c@ex-ample.co.uk",
        "jos\u00e9@example.com",
        "a@exam_ple.com",
        "@b.co",
        "a b@c.co",
        "a@b..co",
        f"{'x' * 64}@b.co",
        f"{'x' * 65}@b.co",
        "a@a.b.c.d.e",
        "a@a.b.c.d.e.f",
        f"a@{'b' * 63}.{'b' * 63}.{'b' * 63}.{'b' * 60}",
        f"a@{'b' * 63}.{'b' * 63}.{'b' * 63}.{'b' * 61}",
    ],
    "Phone": [
        "+1 555",
        "12345",
        "1234",
        "call me",
        "(020) 7-1",
        "1" * 32,
        "1" * 33,
        "-12345",
        "12345x6",
    ],
    "Url": [
        "https://a",
        "http://",
        "ftp://a",
        "https://a b",
        "https://\u00e4",
        f"https://{'a' * 1990}",
        f"https://{'a' * 1991}",
        "HTTPS://a",
    ],
    "Date": ["2027-02-28", "2027-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "2027-2-3"],
    "Time": ["00:00", "23:59:59", "24:00", "9:30", "09:60", "09:30:60"],
    "Duration": ["P1D", "PT0S", "P", "PT", "P99999D", "P100000D", "PT90S", "P1DT2H3M4S"],
    "Id": ["01890a5d-ac96-774b-bcce-b302099a8057", "01890A5D-AC96-774B-BCCE-B302099A8057", "abc"],
}
NUMBERS = {
    "Integer": ["0", "-1", "9007199254740991", "-9007199254740991", "9007199254740992"],
    "Money": ["0", "12.5", "12.50", "12.505", "9999999999999999", "10000000000000000", "-0.01"],
    "Percent": ["99999.9999", "100000", "0.0001", "0.00001", "-99999"],
}
TYPES = {"Text": "text", "LongText": "long_text", "Id": "uuid"}


@pytest.fixture(scope="module")
def api() -> Iterator[ModuleType]:
    """The kinds of values of generated projects."""
    before = set(sys.modules)
    sys.path.insert(0, str(SOURCE))
    try:
        from app.platform import values  # type: ignore[import-not-found]  # noqa: PLC0415

        yield values
    finally:
        sys.path.remove(str(SOURCE))
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == "app":
                del sys.modules[name]


def accepted(kind: Any, value: object) -> bool:
    """Whether the API takes the value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, texts in TEXTS.items() for text in texts]
)
def test_a_default_is_what_the_api_accepts(api: ModuleType, kind: str, text: str) -> None:
    written = text.replace("\n", "\\n").replace("\t", "\\t")
    new = f'item: {{is: {TYPES.get(kind, kind.lower())}, default: "{written}"}}'
    assert (answers("item: text", new) == []) is accepted(getattr(api, kind), text)


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, texts in NUMBERS.items() for text in texts]
)
def test_a_number_is_what_the_api_accepts(api: ModuleType, kind: str, text: str) -> None:
    new = f"item: {{is: {kind.lower()}, default: {text}}}"
    bounded = kind == "Integer" and abs(int(text)) > api.LARGEST
    taken = accepted(getattr(api, kind), int(text) if kind == "Integer" else text) and not bounded
    assert (answers("item: text", new) == []) is taken


def test_lengths_and_places_are_those_of_generated_code() -> None:
    assert {name: kind.longest for name, kind in KINDS.items() if kind.is_text} == forms.LONGEST
    assert {**forms.PLACES, "decimal": forms.USUAL_PLACES} == DEFAULT_PLACES
    assert forms.DIGITS["percent"] == PERCENT_DIGITS
