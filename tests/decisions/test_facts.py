"""From a blueprint to the facts that are stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.blueprint import Blueprint, load
from scaffold.resolve.facts import facts
from scaffold.resolve.not_built import not_built
from scaffold.resolve.people import looks_like

ROOT = Path(__file__).resolve().parents[2]
TOP = "blueprint: 1\napp: Shop\nroles: {staff: Serves}\n"
RECORD = (
    "records:\n  Item:\n    fields:\n      name: text\n{fields}    may: {{staff: [add, see]}}\n"
)


def shop(fields: str = "", top: str = "", more: str = "") -> Blueprint:
    """A blueprint with a record of these fields."""
    lines = "".join(f"      {line}\n" for line in fields.splitlines())
    return load(TOP + top + RECORD.format(fields=lines) + more)


def test_a_blueprint_that_says_little_gets_the_defaults() -> None:
    found = facts(shop())
    assert found["about"] == "Keeps the records of Shop."
    assert found["users"] == ["staff"]
    assert found["people"] == ["nobody"]
    assert found["keep"] == "until_removed"
    assert found["may_be_down"] == "4 hours a month"


@pytest.mark.parametrize(
    ("fields", "people", "sensitive"),
    [
        ("mail: {is: email, data: personal}", ["business_contacts"], []),
        ("history: {is: text, data: restricted personal health}", ["protected"], ["health"]),
        (
            "tax_number: {is: text, data: restricted personal}",
            ["business_contacts"],
            ["government_ids"],
        ),
        ("iban: {is: text, data: restricted}", ["nobody"], ["bank"]),
        ("cost: money", ["nobody"], ["pay"]),
        ("tax_number: text", ["nobody"], []),
    ],
)
def test_labels_say_whose_and_what_it_is(
    fields: str, people: list[str], sensitive: list[str]
) -> None:
    top = "currency: EUR\nintended: [personal-without-keep]\n"
    found = facts(shop(fields, top))
    assert (found["people"], found["sensitive"]) == (people, sensitive)


def test_labels_only_add_to_what_was_answered() -> None:
    blueprint = shop("mail: {is: email, data: personal}")
    answered = {"people": ["private_individuals"], "sensitive": ["passwords"]}
    found = facts(blueprint, answered)
    assert found["people"] == ["private_individuals"]
    assert found["sensitive"] == ["passwords"]


def test_what_only_an_answer_says_is_kept() -> None:
    found = facts(shop(), {"first_administrator": "ana@example.com", "app_name": "Old"})
    assert found["first_administrator"] == "ana@example.com"
    assert found["app_name"] == "Shop"


@pytest.mark.parametrize(
    ("rules", "keep"),
    [
        ("    keep: {for: 7 years, after: archived, then: erase}\n", ("7_years", "erase")),
        ("    keep: {for: 5 years, after: archived, then: erase}\n", ("by_record", "erase")),
    ],
)
def test_keeping_rules_become_one_fact(rules: str, keep: tuple[str, str]) -> None:
    found = facts(shop(more=rules))
    assert (found["keep"], found["keep_then"]) == keep


@pytest.mark.parametrize(
    ("label", "shown"), [("personal", "yes"), ("confidential personal", "after_click")]
)
def test_masked_contacts_are_shown_after_a_click(label: str, shown: str) -> None:
    assert facts(shop(f"mail: {{is: email, data: {label}}}"))["show_contacts"] == shown


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("tax_number", "government_ids"),
        ("passport", "government_ids"),
        ("iban", "bank"),
        ("hourly_rate", "pay"),
        ("cost", "pay"),
        ("payment_terms", None),
        ("costume", None),
        ("name", None),
    ],
)
def test_names_say_what_a_field_usually_holds(name: str, what: str | None) -> None:
    assert looks_like(name) == what


@pytest.mark.parametrize("name", ["quotes", "field_service", "clinic_intake", "starter"])
def test_facts_are_json_and_lists_are_in_the_order_of_the_choices(name: str) -> None:
    found = facts(load((ROOT / "examples" / f"{name}.yml").read_text()))
    assert {type(value) for value in found.values()} <= {str, list, dict}
    assert found["blueprint"].startswith(("#", "blueprint"))


UNBUILT = [
    ("identity: {customers: passkey}\n", "of sign-in by passkey, only passwords of invited"),
    ("identity: {software: keys}\n", "access of software by keys is not built yet"),
    ("delivery: {ci: gitlab}\n", "there is no pipeline for gitlab yet."),
]


FLOW = """\
    workflow:
      stages: [new, done]
      moves:
        finish: {from: new, to: done, by: [staff]}
        check: {from: new, to: done, by: [staff], if: name is not blank}
        price: {from: new, to: done, by: [staff], if: currency is "EUR"}
        expire: {from: new, to: done, once_past: ends_on}
        prove: {from: new, to: done, by: [staff], needs: [scan]}
        lapse: {from: new, to: done, once_past: due_on, tells: [keeper]}
        fall: {from: new, to: done, once_past: due_on, if: name is not blank}
"""


def test_moves_that_are_not_built_are_named() -> None:
    fields = "scan: optional file\ndue_on: optional date\nkeeper: optional User\ncost: money"
    fields += "\nends_on: {is: date, calculated: due_on + 3}"
    said = not_built(shop(fields, more=FLOW, top="currency: [EUR, USD]\n"))
    assert [sentence for sentence in said if "move" in sentence] == [
        "Item: making the moves expire is not built yet.",
    ]


@pytest.mark.parametrize(("top", "sentence"), UNBUILT)
def test_what_is_not_built_is_named(top: str, sentence: str) -> None:
    plain = not_built(shop(top="identity: {staff: password}\n"))
    assert not any(sentence in line for line in plain)
    assert any(sentence in line for line in not_built(shop(top=top)))


def test_what_a_record_says_and_is_not_built_is_named() -> None:
    found = "\n".join(not_built(load((ROOT / "examples" / "quotes.yml").read_text())))
    for words in ("by a link",):
        assert words in found
