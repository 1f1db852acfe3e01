"""Cases of the questions about fields, rights and what is kept."""

from __future__ import annotations

from tests.reading.findings import Case
from tests.reading.record_blocks import LINES, summed, thing

CASES_OF_RECORDS = (
    Case(
        "field-nobody-sees",
        (thing("code: {is: text, data: confidential}"),),
        (thing("code: {is: text, data: confidential}", "{clerk: [add, see, unmask]}"),),
        "The code of a thing is confidential data",
    ),
    Case(
        "field-nobody-sees",
        (thing("code: {is: text, seen_by: [boss]}", "{clerk: [add, see]}"),),
        (thing("code: {is: text, seen_by: [boss]}", "{clerk: [add, see], boss: [see]}"),),
        "Only bosses may see the code",
        about="for a role that may not see the record",
    ),
    Case(
        "field-nobody-sees",
        (thing("code: text", "{clerk: [add]}"),),
        (thing("code: text", "{clerk: [add], boss: [see]}"),),
        "Clerks may add things",
        about="a record that nobody may see",
    ),
    Case(
        "field-nobody-sets",
        (thing("held: {is: yes_no, default: false, set_by: [boss]}"),),
        (thing("held: {is: yes_no, default: false, set_by: [clerk]}"),),
        'Only bosses may set "held" of a thing',
    ),
    Case(
        "field-nobody-sets",
        (thing("code: {is: text, set_by: [boss]}", "{clerk: [add, see], boss: [see, change]}"),),
        (thing("code: {is: text, set_by: [boss]}", "{boss: [add, see, change]}"),),
        "Only bosses may set the code of a thing",
        about="needed at the start, and set later",
    ),
    Case(
        "field-nobody-sets",
        (thing("place: Place"), "Place:\n  fields: {name: text}\n  may: {boss: [add, see]}\n"),
        (thing("place: Place"), "Place:\n  fields: {name: text}\n  may: {clerk: [add, see]}\n"),
        "A thing must have a name and a place",
        about="nobody may see what there is to choose from",
    ),
    Case(
        "sees-but-never-finds",
        (
            thing(
                "size: integer",
                "{clerk: [add, see, unmask], boss: [see]}",
                "  shown_as: name\n  data: confidential",
            ),
        ),
        (
            thing(
                "size: integer",
                "{clerk: [add, see, unmask], boss: [see, unmask]}",
                "  shown_as: name\n  data: confidential",
            ),
        ),
        "Bosses may see all things",
    ),
    Case(
        "date-triggers-nothing",
        (thing("due_on: date"),),
        (thing("bought_on: date"),),
        "a due-on date",
    ),
    Case(
        "date-triggers-nothing",
        (thing("valid_until: date"),),
        (
            thing(
                "valid_until: date",
                more="  keep: {for: 1 year, after: valid_until, then: erase}",
            ),
        ),
        "a valid-until date",
        about="a keeping rule looks at it",
    ),
    Case(
        "total-not-sum",
        (summed("min: 0"), LINES),
        (summed("calculated: sum of lines.amount"), LINES),
        "a total",
    ),
    Case(
        "total-not-sum",
        (summed("calculated: sum of lines.price"), LINES),
        (summed("calculated: sum of lines.amount * 2"), LINES),
        "The total of an order is worked out: the sum of the prices of its lines",
        about="adds prices up without their quantities",
    ),
    Case(
        "record-nobody-adds",
        (thing("code: text", "{clerk: [see, change]}"),),
        (thing("code: text", "{clerk: [see, change, add]}"),),
        "Clerks may see and change all things",
    ),
    Case(
        "record-nobody-adds",
        (thing("code: text"), "User:\n  may: {boss: [see]}\n"),
        (thing("code: text"), "User:\n  may: {boss: [see, add]}\n"),
        "Bosses may see all users",
        about="people whom nobody may invite",
    ),
    Case(
        "adds-but-cannot-see",
        (thing("code: text", "{clerk: [add], boss: [see]}"),),
        (thing("code: text", "{clerk: [add, see], boss: [see]}"),),
        "Clerks may add things",
    ),
    Case(
        "adds-but-cannot-see",
        (thing("who: optional User", "{clerk: [add, see own]}", "  owner: who"),),
        (thing("who: {is: User, default: me}", "{clerk: [add, see own]}", "  owner: who"),),
        "Clerks may add things, and may see only their own things",
        about="what they add need not be theirs",
    ),
    Case(
        "personal-without-keep",
        (thing("phone: {is: phone, data: personal}"),),
        (
            thing(
                "phone: {is: phone, data: personal}",
                more="  keep: {for: 2 years, after: archived, then: remove_names}",
            ),
        ),
        "A thing is one of the things",
    ),
    Case(
        "sealed-but-searched",
        (
            thing(
                "tag: {is: text, data: restricted}",
                "{clerk: [add, see, unmask]}",
                "  shown_as: tag",
            ),
        ),
        (
            thing(
                "tag: {is: text, data: restricted, find_exact: true}",
                "{clerk: [add, see, unmask]}",
                "  shown_as: tag",
            ),
        ),
        "The tag of a thing is restricted data",
    ),
    Case(
        "calculated-tells",
        (
            thing(
                "cost: {is: integer, seen_by: [boss]}, twice: {is: integer, calculated: cost * 2}",
                "{clerk: [add, see], boss: [see]}",
            ),
        ),
        (
            thing(
                "cost: {is: integer, seen_by: [boss]}, "
                "twice: {is: integer, calculated: cost * 2, seen_by: [boss]}",
                "{clerk: [add, see], boss: [see]}",
            ),
        ),
        "is worked out",
    ),
)
