"""What the sentences say, word for word."""

from __future__ import annotations

import pytest

from scaffold.blueprint import load
from scaffold.blueprint.reading import read_back
from tests.reading.orchard import ORCHARD
from tests.reading.small_blueprints import shop, texts

ORCHARD_SAYS = texts(load(ORCHARD))
SAID = [
    "The office answers for orders.",
    "An order belongs to the picker.",
    "No two farms have the same name.",
    "No two orders have the same title and size together.",
    "Pickers may see and change only their own orders: the ones where they are the picker.",
    "Owners may see and unmask all orders, and may archive only orders of their own farm.",
    "Only the office and owners may see the price of an order.",
    "When an order is deleted, each order that follows it is deleted too.",
    "A farm cannot be deleted while it is the farm of an order.",
    "When a variety is deleted, it is taken out of the varieties of an order.",
    "Nothing in an order can be edited while it is packed or gone.",
    'The office and owners may move an order from draft to agreed ("agree") once the wanted-on '
    "date and the size are filled in, and only if the total is at most their own order limit and "
    "the crates are not 0 or 1.",
    'Pickers may move an order of their own from agreed to packed ("pack"), but not if they made '
    'the move "agree" themselves. Whoever does it is asked for the weight of it, which is kept in '
    "the history. A message goes to the picker and the e-mail address.",
    'The clock moves an order from draft or agreed to gone ("forget") when the wanted-on date has '
    "passed.",
    "The total of an order is worked out: the sum of the prices of its boxes plus (the price "
    "times 2).",
    "It must hold for every order that the wanted-on date is not before today unless (the size is "
    'small or the size is blank); otherwise people read "Say when".',
    "An order can be found by the e-mail address, if the whole of it is typed.",
    'An order is erased 7 years after the wanted-on date, unless "on hold" is yes.',
    "Boxes are the boxes of an order: they live, are locked and end with it.",
    "The e-mail address of an order is restricted personal data.",
    "When it stops, our own team is called first: Office (office@hill.example).",
    'Still open is "support.stand_in": owner@hill.example finds out by 2026-12-15.',
]


@pytest.mark.parametrize("text", SAID)
def test_it_says_so_in_plain_words(text: str) -> None:
    assert text in ORCHARD_SAYS


CALCULATIONS = [
    ("integer", "number of lines", "the number of its lines"),
    ("money", "sum of lines.price / 2", "the sum of the prices of its lines divided by 2"),
    ("yes_no", "paid_on is blank", "yes when the paid-on date is blank"),
    ("yes_no", "due_on < today", "yes when the due-on date is before today"),
    (
        "yes_no",
        "not urgent or count >= 3",
        'yes when "urgent" is not yes or the count is at least 3',
    ),
    ("integer", "due_on - today", "the due-on date minus today"),
    ("date", "due_on + 14", "the due-on date plus 14 days"),
    ("text", "buyer.name", "the name of the buyer"),
    ("decimal", "-(count + 1.5)", "minus (the count plus 1.5)"),
    ("money", "fee * 7.5", "the fee times 7.5"),
    (
        "yes_no",
        "size is small and count in [1, 2]",
        "yes when the size is small and the count is 1 or 2",
    ),
]


@pytest.mark.parametrize(("type_", "expression", "expected"), CALCULATIONS)
def test_calculations_are_said_in_words(type_: str, expression: str, expected: str) -> None:
    order = f"""
    Order:
      fields:
        title: text
        due_on: date
        paid_on: optional date
        urgent: yes_no
        count: integer
        fee: money
        size: [small, large]
        buyer: Buyer
        answer: {{is: {type_}, calculated: "{expression}"}}
      may: {{clerk: [add, see, change]}}
    """
    line = "Line:\n  part_of: Order as lines\n  fields: {price: money}\n"
    buyer = "Buyer:\n  fields: {name: text}\n  may: {clerk: [add, see]}\n"
    answer = next(
        text
        for text in texts(shop(order, line, buyer))
        if "worked out" in text and "answer" in text
    )
    assert answer.partition(": ")[2].rstrip(".") == expected


def test_sentences_are_numbered_through_all_sections() -> None:
    reading = read_back(load(ORCHARD))
    assert [item.number for item in reading.sentences] == list(range(1, len(reading.sentences) + 1))
    assert list(reading.sections()) == [
        "What it is for",
        "How sensitive it is",
        "Who gets in",
        "Who answers",
        "Where it runs",
        "Roles",
        "Farms",
        "Users",
        "Varieties",
        "Orders",
        "Boxes",
        "What is open",
    ]


def test_forty_records_of_thirty_fields_stay_readable() -> None:
    fields = "\n".join(f"    value_of_{place}x: text" for place in range(30))
    records = [
        f"Rec{place}Item:\n  fields:\n{fields}\n  may: {{clerk: [add, see]}}\n"
        for place in range(40)
    ]
    reading = read_back(shop(*records))
    sections = reading.sections()
    of_records = [title for title in sections if title.startswith("Rec")]
    longest = max(len(item.text) for item in reading.sentences)
    most_in_a_sentence = 400
    assert len(of_records) == len(records)
    assert longest <= most_in_a_sentence
    assert all("  " not in item.text and item.text.endswith(".") for item in reading.sentences)


def test_each_sentence_knows_where_it_comes_from() -> None:
    reading = read_back(load(ORCHARD))
    place = next(item for item in reading.sentences if '("agree")' in item.text)
    assert place.path == "records.Order.workflow.moves.agree"
    assert place.section == "Orders"
    must = next(item for item in reading.sentences if item.text.startswith("An order must"))
    assert "records.Order.fields.crates" in must.covers


def test_a_move_by_link_alone_says_so() -> None:
    order = """
    Order:
      fields: {title: text, boss_mail: {is: email, data: public}}
      workflow:
        stages: [open_one, agreed]
        locked: [agreed]
        moves: {agree: {from: open_one, to: agreed, tells: [boss_mail]}}
      link: {shows: [title], moves: [agree], expires: 1 day}
      may: {clerk: [add, see, change]}
    """
    found = texts(shop(order))
    start = 'Nobody with a role may move an order from open one to agreed ("agree").'
    assert f"{start} A message goes to the boss mail." in found
    assert 'By the link they may make the move "agree".' in found
    assert "The link ends after 1 day, and can be taken back before." in found


def test_people_may_see_themselves_and_things_of_others_by_a_path() -> None:
    user = "User:\n  fields: {boss_of: optional User}\n  may: {boss: [add, see, change]}\n"
    job = """
    Job:
      fields: {title: text, doer: User}
      may: {clerk: [add, see, change]}
    """
    note = """
    Note:
      owner: job.doer
      fields: {words: long_text, job: Job}
      may: {clerk: [add, see own, change own]}
    """
    found = texts(shop(user, job, note))
    own = "may see and change only their own notes: the ones where they are the doer of the job."
    assert f"Clerks may add notes, and {own}" in found
    assert "A note belongs to the doer of the job." in found
