"""Each question is asked where it should be, with its cause, and nowhere else."""

from __future__ import annotations

import pytest

from scaffold.blueprint import load
from scaffold.blueprint.reading import read_back
from scaffold.blueprint.reading.questions import CHECKS
from scaffold.blueprint.words import FINDINGS
from tests.reading.findings import Case
from tests.reading.findings_of_records import CASES_OF_RECORDS
from tests.reading.findings_of_stages import CASES_OF_STAGES
from tests.reading.record_blocks import LINES, PEOPLE, order, summed, thing
from tests.reading.small_blueprints import asked, sentence_of, shop

CASES = (*CASES_OF_STAGES, *CASES_OF_RECORDS)
EACH = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.code} {case.about}".strip().replace(" ", "_")
)


@EACH
def test_it_asks_about_what_looks_unintended(case: Case) -> None:
    questions = asked(shop(*case.wrong, top=case.top), case.code)
    assert len(questions) == 1
    assert questions[0].text.endswith("?")
    assert not questions[0].intended


@EACH
def test_it_is_silent_once_that_is_put_right(case: Case) -> None:
    assert asked(shop(*case.right, top=case.top), case.code) == []


@EACH
def test_it_names_the_sentence_that_causes_the_question(case: Case) -> None:
    blueprint = shop(*case.wrong, top=case.top)
    assert case.cause in sentence_of(blueprint, asked(blueprint, case.code)[0])


def test_every_finding_of_the_language_has_a_check_and_a_case() -> None:
    assert tuple(CHECKS) == FINDINGS
    assert {case.code for case in CASES} == set(FINDINGS)


def test_a_record_can_say_that_it_means_what_looks_odd() -> None:
    odd = "phone: {is: phone, data: personal}"
    meant = thing(odd, more="  intended: [personal-without-keep]")
    other = thing(odd).replace("Thing", "Item")
    reading = read_back(shop(meant, other))
    assert [question.path for question in reading.answered] == ["records.Thing"]
    assert [question.path for question in reading.open] == ["records.Item"]


def test_a_blueprint_can_say_it_for_all_its_records() -> None:
    odd = thing("phone: {is: phone, data: personal}")
    reading = read_back(shop(odd, top="intended: [personal-without-keep]\n"))
    assert [question.code for question in reading.answered] == ["personal-without-keep"]
    assert reading.open == ()


def test_people_who_sign_in_elsewhere_need_no_invitation() -> None:
    users = "User:\n  may: {boss: [see]}\n"
    google = shop(thing("code: text"), users)
    assert asked(google, "record-nobody-adds") != []
    text = google.text.replace("staff: password", "staff: google")
    assert asked(load(text), "record-nobody-adds") == []


def test_reopening_is_no_duty_that_somebody_could_skip() -> None:
    moves = """
      approve: {from: draft, to: approved, by: [boss]}
      send: {from: approved, to: sent, by: [clerk], not_same_person_as: back}
      back: {from: approved, to: draft, by: [boss]}
"""
    record = order().split("      approve:")[0] + moves.strip("\n")
    record += "\n  may: {clerk: [add, see, change], boss: [see]}\n"
    assert asked(shop(PEOPLE, record), "duties-one-person") == []


def test_fields_that_are_hidden_alike_make_one_question() -> None:
    codes = "code: {is: text, data: confidential}, pin: {is: text, data: confidential}"
    (question,) = asked(shop(thing(codes)), "field-nobody-sees")
    assert question.text.startswith("Nobody can read the code and the PIN of a thing: they are")


def test_a_part_is_not_asked_for_rights_of_its_own() -> None:
    reading = read_back(shop(summed("calculated: sum of lines.amount"), LINES))
    assert reading.questions == ()


def test_a_part_counts_as_personal_data_of_its_whole() -> None:
    lines = LINES + "    notes: {is: optional long_text, data: personal}\n"
    found = asked(shop(summed("calculated: sum of lines.amount"), lines), "personal-without-keep")
    assert [question.path for question in found] == ["records.Order"]


def test_what_goes_with_something_erased_needs_no_rule_of_its_own() -> None:
    whole = thing("code: text", more="  keep: {for: 1 year, after: archived, then: %s}")
    child = """
    Note:
      fields:
        thing: {is: Thing, if_deleted: delete_too}
        words: {is: long_text, data: personal}
      may: {clerk: [add, see, change]}
    """
    assert asked(shop(whole % "erase", child), "personal-without-keep") == []
    assert asked(shop(whole % "remove_names", child), "personal-without-keep") != []


def test_it_says_what_cannot_be_erased_because_of_what_is_kept() -> None:
    whole = thing("code: text", more="  keep: {for: 1 year, after: archived, then: erase}")
    child = """
    Note:
      fields: {thing: Thing, words: {is: long_text, data: personal}}
      may: {clerk: [add, see, change]}
    """
    (question,) = asked(shop(whole, child), "personal-without-keep")
    assert "its thing cannot be erased" in question.text


def test_a_message_that_is_no_offer_does_not_make_an_approval_late() -> None:
    ticket = """
    Ticket:
      number: T-001
      fields: {refund: {is: money, default: 0, set_by: [boss]}, buyer: email}
      workflow:
        stages: [opened, answered, refunded]
        locked: [refunded]
        moves:
          answer: {from: opened, to: answered, by: [clerk], tells: [buyer]}
          pay_back: {from: answered, to: refunded, by: [boss], if: refund <= my ceiling}
      may: {clerk: [add, see], boss: [see, change]}
    """
    assert asked(shop(PEOPLE, ticket), "approval-after-offer") == []


def test_whoever_approves_by_right_may_also_correct_the_amount() -> None:
    record = order(locked="[sent]", approve="by: [boss]")
    record = record.replace("clerk: [add, see, change]", "clerk: [add, see]")
    assert asked(shop(PEOPLE, record), "approved-amount-editable") == []


def test_amounts_that_are_approved_together_make_one_question() -> None:
    record = order(locked="[sent]", approve="by: [clerk], if: amount + fee <= my ceiling")
    record = record.replace("buyer:", "fee: {is: money}\n    buyer:")
    (question,) = asked(shop(PEOPLE, record), "approved-amount-editable")
    assert "the amount of an order and the fee of an order" in question.text
