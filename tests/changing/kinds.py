"""The kinds of change, each with what becomes of the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.changing.rows import BLUEPRINT, uuid

Edits = tuple[tuple[str, str], ...]
FITS = "      fits: many Tool\n"
MAY = "    may: {boss: [add, see, change], clerk: see}\n  Hire"
HIRE = "    may: {clerk: [add, see, change]}\n  Note:"
BRANCHES: Edits = (
    ("  Branch:\n", "  Shop:\n    was: Branch\n"),
    ("{is: Branch,", "{is: Shop,"),
    ("optional Branch", "optional Shop"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A change that is made: what columns hold afterwards, over all rows in their order.

    `back` names columns that do not hold on the way back what they held before.
    """

    edits: Edits
    after: dict[str, list[Any]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """A change that rows of today do not hold to, and the words that say so."""

    edits: Edits
    words: str


def more(line: str) -> Edits:
    """One more field of a tool."""
    return ((FITS, f"{FITS}      {line}\n"),)


KEPT: dict[str, Kept] = {
    "an optional field": Kept(more("size: optional text"), {"tools.size": [None] * 3}),
    "a required field with a backfill": Kept(
        more('size: {is: text, backfill: "s:m \'all"}'), {"tools.size": ["s:m 'all"] * 3}
    ),
    "a required field with a default": Kept(
        more("fragile: {is: yes_no, default: true}"), {"tools.fragile": [True] * 3}
    ),
    "a required moment": Kept(more("seen_on: {is: date, default: today}")),
    "required json": Kept(
        more("parts: {is: json, backfill: {a: [1]}}"), {"tools.parts": [{"a": [1]}] * 3}
    ),
    "a required sealed field": Kept(
        more("alarm: {is: text, data: restricted, find_exact: true, backfill: none}"),
        {"tools.alarm": ["sealed none"] * 3},
    ),
    "required choices": Kept(
        more("size: {is: [small, large], backfill: small}"), {"tools.size": ["small"] * 3}
    ),
    "a field renamed": Kept(
        (("maker: {is: text,", "brand: {is: text, was: maker,"),),
        {"tools.brand": ["Acme", "Acme", "Bosch"]},
    ),
    "a relation renamed": Kept(
        (("lent_by: optional Branch", "taken_by: {is: optional Branch, was: lent_by}"),),
        {"tools.taken_by_id": [uuid(2), None, None]},
    ),
    "a sealed field renamed": Kept(
        (("code: {is: optional text,", "secret: {is: optional text, was: code,"),),
        {"tools.secret": ["sealed A-1", None, None]},
    ),
    "a field of files renamed": Kept(
        (("manual: {is: optional file,", "guide: {is: optional file, was: manual,"),),
        {"tools.guide": [uuid(51), None, None], "platform_files.field": ["guide"]},
    ),
    "a relation to many renamed": Kept(
        (("fits: many Tool", "goes_with: {is: many Tool, was: fits}"),),
        {"tools__goes_with.target_id": [uuid(12)]},
        gone=("tools__fits",),
    ),
    "a record renamed": Kept(BRANCHES, {"branches.name": ["North", "South"]}),
    "a record renamed that has parts": Kept(
        (("  Hire:\n", "  Rental:\n    was: Hire\n"), ("part_of: Hire", "part_of: Rental")),
        {"hires.number": ["H-00001", "H-00002"], "notes.rental_id": [uuid(21)]},
    ),
    "a field retired": Kept(
        (
            ("      colour: optional text\n", ""),
            (
                "    may: {boss: [add, see, change], clerk: see}\n  Hire",
                "    retired: [colour]\n    may: {boss: [add, see, change], clerk: see}\n  Hire",
            ),
        ),
        back=("tools.colour",),
    ),
    "a relation to many retired": Kept(
        (
            (FITS, ""),
            (
                "    may: {boss: [add, see, change], clerk: see}\n  Hire",
                "    retired: [fits]\n    may: {boss: [add, see, change], clerk: see}\n  Hire",
            ),
        ),
        gone=("tools__fits",),
        back=("tools__fits",),
    ),
    "a record retired": Kept(
        (
            ("  Flyer:\n    fields: {text: text}\n    may: {clerk: [add, see, change]}\n", ""),
            ("records:", "retired: [Flyer]\nrecords:"),
        ),
        gone=("flyers",),
        back=("flyers",),
    ),
    "a record added": Kept(
        (
            (
                "  Flyer:",
                "  Van:\n    fields: {name: text, tools: many Tool}\n"
                "    may: {boss: [add, see]}\n  Flyer:",
            ),
        ),
        {"vans.name": []},
    ),
    "a choice added": Kept((("[fine, worn, broken]", "[fine, worn, broken, sold]"),)),
    "a choice renamed": Kept(
        (
            (
                "[fine, worn, broken], default: fine",
                "[fine, used, broken], default: fine, renamed: {worn: used}",
            ),
        ),
        {"tools.state": ["used", "fine", "broken"]},
    ),
    "a choice given up for another": Kept(
        (
            (
                "[fine, worn, broken], default: fine",
                "[fine, broken], default: fine, renamed: {worn: broken}",
            ),
        ),
        {"tools.state": ["broken", "fine", "broken"]},
        back=("tools.state",),
    ),
    "a choice retired that no row has": Kept(
        (
            ("[open, back, lost]", "[open, back]"),
            ("locked: [lost]\n", "retired: [lost]\n"),
            ("        lose: {from: open, to: lost, by: [boss]}\n", ""),
        ),
        {"hires.stage": ["back", "open"]},
    ),
    "a stage added": Kept(
        (
            ("[open, back, lost]", "[open, back, lost, sold]"),
            ("        lose:", "        sell: {from: open, to: sold, by: [boss]}\n        lose:"),
        )
    ),
    "a stage renamed": Kept(
        (
            ("[open, back, lost]", "[open, returned, lost]"),
            ("to: back", "to: returned"),
            ("locked: [lost]", "locked: [lost]\n      renamed: {back: returned}"),
        ),
        {"hires.stage": ["returned", "open"]},
    ),
    "a workflow added": Kept(
        (
            (
                "  Flyer:\n",
                "  Flyer:\n    workflow:\n      stages: [new, read]\n"
                "      moves: {look: {from: new, to: read, by: [clerk]}}\n",
            ),
        ),
        {"flyers.stage": ["new"]},
    ),
    "required where nothing was": Kept(
        (("colour: optional text", "colour: {is: text, backfill: grey}"),),
        {"tools.colour": ["red", "grey", "blue"]},
        back=("tools.colour",),
    ),
    "optional": Kept((("maker: {is: text", "maker: {is: optional text"),)),
    "unique": Kept(
        (("fields: {text: text}\n    may", "fields: {text: {is: text, unique: true}}\n    may"),)
    ),
    "unique no more": Kept((("{is: text, unique: true}", "text"),)),
    "looked for": Kept((("maker: {is: text", "maker: {is: text, searchable: true"),)),
    "a second currency": Kept(
        (("currency: EUR", "currency: [EUR, SEK]"),), {"tools.currency": ["EUR"] * 3}
    ),
    "looked for no more": Kept((("{is: optional text, searchable: true}", "optional text"),)),
    "looked for and renamed": Kept(
        (("serial: {is: optional text,", "label: {is: optional text, was: serial,"),),
        {"tools.label": ["S1", "S1", None]},
    ),
    "looked for and retired": Kept(
        (
            ("      serial: {is: optional text, searchable: true}\n", ""),
            (
                "    may: {boss: [add, see, change], clerk: see}\n  Hire",
                "    retired: [serial]\n    may: {boss: [add, see, change], clerk: see}\n  Hire",
            ),
        ),
        back=("tools.serial",),
    ),
    "tighter bounds": Kept(
        (
            (
                "maker: {is: text, max: 80}",
                'maker: {is: text, max: 5, min: 4, pattern: "[A-Za-z]+"}',
            ),
            ("min: 0", "min: 0, max: 100"),
        ),
    ),
    "looser bounds": Kept((("max: 80", "max: 120"), ("{is: money, min: 0}", "money"))),
    "sealed": Kept(
        (
            (
                "colour: optional text",
                "colour: {is: optional text, data: restricted, find_exact: true}",
            ),
            ("price: {is: money, min: 0}", "price: {is: money, min: 0, data: restricted}"),
        ),
        {
            "tools.colour": ["sealed red", None, "sealed blue"],
            "tools.price": ["sealed 10.00", "sealed 0.00", "sealed 99.50"],
        },
    ),
    "opened": Kept(
        (
            (
                "code: {is: optional text, data: restricted, find_exact: true}",
                "code: optional text",
            ),
            ("pin: {is: text, data: restricted}", "pin: text"),
        ),
        {"tools.code": ["A-1", None, None], "tools.pin": ["pin 11", "pin 12", "pin 13"]},
    ),
    "another type of text": Kept(
        (
            ("serial: {is: optional text,", "serial: {is: optional long_text,"),
            (
                "state: {is: [fine, worn, broken], default: fine}",
                "state: {is: text, default: fine}",
            ),
        ),
        {"tools.state": ["worn", "fine", "broken"]},
    ),
    "more places": Kept((("places: 1", "places: 3"),), {"tools.weight": ["1.500", None, None]}),
    "another deletion": Kept((("if_deleted: refuse", "if_deleted: delete_too"),)),
    "another form of numbers": Kept(
        (("H-00001", "H-{year}-00001"),), {"hires.number": ["H-00001", "H-00002"]}
    ),
    "no number": Kept(
        (("    number: H-00001\n", "    retired: [number]\n"),), back=("hires.number",)
    ),
    "a relation required": Kept(
        (
            (
                "    fields: {text: text}\n  Flyer",
                "    fields: {text: text, by: optional Branch}\n  Flyer",
            ),
        ),
        {"notes.by_id": [None]},
    ),
    "a check": Kept(((MAY, f'    checks: {{"Not too dear": price < 1000}}\n{MAY}'),)),
    "everything at once": Kept(
        (
            *BRANCHES,
            (
                "maker: {is: text, max: 80}",
                "brand: {is: text, max: 60, was: maker, unique: false, searchable: true}",
            ),
            ("colour: optional text", "colour: {is: text, backfill: grey, data: restricted}"),
            ("code: {is: optional text,", "secret: {is: optional text, was: code,"),
            ("[open, back, lost]", "[open, returned, lost]"),
            ("to: back", "to: returned"),
            ("locked: [lost]", "locked: [lost]\n      renamed: {back: returned}"),
        ),
        {
            "tools.brand": ["Acme", "Acme", "Bosch"],
            "tools.colour": ["sealed red", "sealed grey", "sealed blue"],
            "tools.secret": ["sealed A-1", None, None],
            "hires.stage": ["returned", "open"],
        },
        back=("tools.colour",),
    ),
}

STOPPED: dict[str, Stopped] = {
    "unique over what stands twice": Stopped(
        (("serial: {is: optional text,", "serial: {is: optional text, unique: true,"),),
        "1 values of serial in tools stand more than once: S1 (2 times)",
    ),
    "unique over personal data": Stopped(
        (("owner_phone: {is: optional phone,", "owner_phone: {is: optional phone, unique: true,"),),
        "1 values of owner_phone in tools stand more than once. Nothing was changed",
    ),
    "unique together": Stopped(
        ((HIRE, f"    unique: [[tool, name]]\n{HIRE}"),),
        f"1 values of tool_id and name in hires stand more than once: {uuid(11)}, Ann (2 times)",
    ),
    "a lower maximum": Stopped(
        (("max: 80", "max: 4"),),
        '1 rows of tools break a new rule: char_length("maker") <= 4',
    ),
    "a higher minimum": Stopped(
        (("min: 0", "min: 1"),), '1 rows of tools break a new rule: "price" >= 1'
    ),
    "a pattern": Stopped(
        (("max: 80", 'max: 80, pattern: "A.*"'),), "1 rows of tools break a new rule: "
    ),
    "a choice retired that a row has": Stopped(
        (
            (
                "[fine, worn, broken], default: fine",
                "[fine, broken], default: fine, retired: [worn]",
            ),
        ),
        "1 rows of tools break a new rule: ",
    ),
    "a check that a row breaks": Stopped(
        ((MAY, f'    checks: {{"Not dear": price < 50}}\n{MAY}'),),
        "1 rows of tools break a new rule: ",
    ),
    "a relation required that a row has not": Stopped(
        (("lent_by: optional Branch", "lent_by: Branch"),),
        "2 rows of tools have no lent_by_id, which is required now",
    ),
}

REFUSED: dict[str, Stopped] = {
    "a field gone": Stopped(
        (("      colour: optional text\n", ""),), "tools.colour would go with all its values"
    ),
    "a record gone": Stopped(
        (("  Flyer:\n    fields: {text: text}\n    may: {clerk: [add, see, change]}\n", ""),),
        "the table flyers would go with all its rows",
    ),
    "a required field without a value": Stopped(
        more("size: text"), "tools.size is new and required, and nothing says what rows get"
    ),
    "another type": Stopped(
        (("colour: optional text", "colour: optional integer"),),
        "tools.colour would hold another type",
    ),
}
"""What would lose something, and that nobody has said: no row is even looked at."""


def wanted(edits: Edits) -> str:
    """The blueprint after the edits."""
    text = BLUEPRINT
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text
