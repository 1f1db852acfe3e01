"""The whole language as shapes: every block, its keys, and what each key takes."""

from __future__ import annotations

import re

from scaffold.blueprint.language.nouns import (
    CODES,
    KEY_OF_SECTION,
    RECORD,
    ROLE,
)
from scaffold.blueprint.language.records import FIELD_BLOCK, MOVE_BLOCK, RECORD_BLOCK
from scaffold.blueprint.shapes.blocks import Block, ListOf, MapOf, Ref, ShortOr
from scaffold.blueprint.shapes.phrases import DataPhrase
from scaffold.blueprint.shapes.plain import Name, Shape, Text, Whole, Word
from scaffold.blueprint.shapes.times import BudgetText, DateText, SpanText
from scaffold.blueprint.shapes.types import TypePhrase

_CONTACT = Block(
    "The first contact",
    {
        "who": Word(("team", "partner", "founder", "nobody_yet")),
        "name": Text(100),
        "contact": Text(200),
        "code_owners": Text(200),
    },
    required=("who",),
)
_RESPOND = Block(
    "Response times",
    {"everyone_stuck": SpanText(), "someone_stuck": SpanText(), "question": SpanText()},
)
_CURRENCY = Name(re.compile(r"[A-Z]{3}"), "a currency code, such as USD", "write EUR, not €", 3)
IDENTITY_BLOCK = Block(
    "Identity",
    {
        "staff": Word(("microsoft", "google", "okta", "keycloak", "other", "password", "none")),
        "customers": Word(("none", "email_link", "password", "passkey")),
        "sign_up": Word(("invited", "open")),
        "software": Word(("none", "keys", "tokens")),
        "devices": ListOf(
            Word(("own_computer", "phone", "shared")), "a list of devices", lone=True
        ),
    },
)
SUPPORT_BLOCK = Block(
    "Support",
    {
        "first": _CONTACT,
        "stand_in": Text(200),
        "until": DateText(),
        "hours": Word(("business", "extended", "always")),
        "after_hours": Word(("wait", "everyone_stuck", "always")),
        "respond": _RESPOND,
        "may_be_down": SpanText(monthly=True),
        "may_lose": SpanText(short=True),
        "pays": Text(200),
    },
)
DELIVERY_BLOCK = Block(
    "Delivery",
    {
        "ci": Word(("github", "gitlab", "azure")),
        "run_on": Word(("compose", "container_apps", "kubernetes")),
        "budget": BudgetText(),
    },
)
WHY_BLOCK = Block(
    "Why you build",
    {
        "instead_of": ListOf(Text(100), "a list of what it replaces", lone=True),
        "because": Text(),
    },
)
OPEN_ITEM_BLOCK = Block(
    "An open item",
    {"about": KEY_OF_SECTION, "who": Text(200), "by": DateText()},
    required=("about", "who", "by"),
)
BLUEPRINT_BLOCK = Block(
    "A blueprint",
    {
        "blueprint": Whole(1, 1),
        "app": Text(80, "the name of the system"),
        "about": Text(),
        "currency": ListOf(_CURRENCY, "a currency or a list of them", lone=True),
        "timezone": Text(60, "a time zone, such as Europe/Berlin"),
        "data": DataPhrase(),
        "audit": Word(("changes", "reads")),
        "separate_by": RECORD,
        "identity": IDENTITY_BLOCK,
        "support": SUPPORT_BLOCK,
        "delivery": DELIVERY_BLOCK,
        "why_build": WHY_BLOCK,
        "open_items": ListOf(OPEN_ITEM_BLOCK, "a list of open items", least=0),
        "roles": MapOf(ROLE, Text(), "roles, each with what it does", least=1),
        "records": MapOf(RECORD, Ref("record", RECORD_BLOCK), "records by name", least=1),
        "retired": ListOf(RECORD, "a list of removed records", least=0, lone=True),
        "intended": CODES,
    },
    required=("blueprint", "app", "roles", "records"),
    advice={
        "blueprint": "begin with blueprint: 1",
        "app": "add app: <the name of the system>",
        "roles": "add roles: {staff: Does the daily work}",
        "records": "add records:, and under it what the system keeps",
        "entities": "write records",
        "models": "write records",
        "name": "write app",
    },
)
DEFINITIONS: dict[str, Shape] = {
    "record": RECORD_BLOCK,
    "field": ShortOr("is", TypePhrase(), FIELD_BLOCK),
    "move": MOVE_BLOCK,
}
