"""Names that somebody else chose stand in good English."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.blueprint.models import Field
from scaffold.blueprint.reading.english import (
    article,
    listing,
    plural,
    sentence,
    spoken,
)
from scaffold.blueprint.reading.nouns import field_noun, role_noun
from scaffold.blueprint.reading.values import span_in_words

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,6}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("site", "a"),
        ("address", "an"),
        ("hour", "an"),
        ("honest mistake", "an"),
        ("unit", "a"),
        ("unimportant note", "an"),
        ("user", "a"),
        ("useful tool", "a"),
        ("european", "a"),
        ("one-off price", "a"),
        ("order", "an"),
        ("SSN", "an"),
        ("SKU", "a"),
        ("URL", "a"),
        ("VAT", "a"),
        ("8 o'clock", "an"),
        ('"open" text', "an"),
    ],
)
def test_the_article_follows_the_sound(word: str, expected: str) -> None:
    assert article(word) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PartUsed", "part used"),
        ("part_used", "part used"),
        ("SLAPolicy", "SLA policy"),
        ("vat_id", "VAT ID"),
        ("it_support", "IT support"),
        ("weight_of_it", "weight of it"),
    ],
)
def test_names_are_spoken_as_words(name: str, expected: str) -> None:
    assert spoken(name) == expected


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("address", "addresses"),
        ("work order", "work orders"),
        ("notes", "notes"),
        ("equipment", "equipment"),
        ("privacy officer", "privacy officers"),
        ("salesperson", "salespeople"),
        ("SKU", "SKUs"),
        ("status", "statuses"),
        ("child", "children"),
    ],
)
def test_plurals_are_made_once(one: str, several: str) -> None:
    assert plural(one) == several
    assert plural(several) == several


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("technician", "technicians"),
        ("managers", "managers"),
        ("office", "the office"),
        ("front_desk", "the front desk"),
        ("privacy_officer", "privacy officers"),
        ("billing", "billing"),
        ("sales", "sales"),
        ("hr", "HR"),
        ("boss", "bosses"),
        ("nurse", "nurses"),
    ],
)
def test_roles_are_people_or_places_at_work(role: str, expected: str) -> None:
    assert role_noun(role).text == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field("site", "record", record="Site"), "a site"),
        (Field("technician", "record", record="User"), "a technician"),
        (Field("replaces", "record", record="Quote"), "a quote that it replaces"),
        (Field("approved_by", "record", record="User"), "an approved-by user"),
        (Field("quoted", "money"), "a quoted amount"),
        (Field("valid_until", "date"), "a valid-until date"),
        (Field("scheduled_for", "datetime"), "a scheduled-for time"),
        (Field("on_hand", "integer"), "an on-hand number"),
        (Field("to", "text"), 'a "to" text'),
        (Field("access_notes", "long_text"), "access notes"),
        (Field("email", "email"), "an e-mail address"),
        (Field("email", "text"), "an email"),
        (Field("address", "text"), "an address"),
        (Field("equipment", "text"), "equipment"),
        (Field("seed", "text"), "a seed"),
        (Field("skills", "record", record="Skill", many=True), "skills"),
    ],
)
def test_fields_become_nouns(field: Field, expected: str) -> None:
    assert field_noun(field).a == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["a site"], "a site"),
        (["a site", "notes"], "a site and notes"),
        (["a site (one, or two)", "notes", "a name"], "a site (one, or two), notes and a name"),
        (["within 1 hour, at night", "later"], "within 1 hour, at night; and later"),
    ],
)
def test_lists_have_commas_and_one_and(items: list[str], expected: str) -> None:
    assert listing(items) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  job is\n work", "A job is work."),
        ("is it?", "Is it?"),
        ('people read "No."', 'People read "No."'),
        ("iPhone repairs", "iPhone repairs."),
        ("ops@example.com pays", "ops@example.com pays."),
        ("a", "A."),
    ],
)
def test_sentences_have_a_capital_and_a_full_stop(text: str, expected: str) -> None:
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("PT30M", "30 minutes"),
        ("P1M", "1 month"),
        ("P1DT2H", "1 day and 2 hours"),
        ("P5Y", "5 years"),
    ],
)
def test_lengths_of_time_are_said_in_words(iso: str, expected: str) -> None:
    assert span_in_words(iso) == expected


@given(NAMES)
def test_every_legal_name_makes_a_clean_noun(name: str) -> None:
    for type_ in ("text", "date", "money", "yes_no"):
        told = field_noun(Field(name, type_)).a
        assert re.fullmatch(r"\S+( \S+)*", told)
    assert re.fullmatch(r"\S+( \S+)*", role_noun(name).text)
