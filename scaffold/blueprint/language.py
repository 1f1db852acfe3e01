"""The whole language as shapes: every block, its keys, and what each key takes."""

from __future__ import annotations

import re

from scaffold.blueprint.shapes.blocks import Block, ListOf, MapOf, Ref, ShortOr, names
from scaffold.blueprint.shapes.phrases import (
    DataPhrase,
    ExpressionText,
    GrantPhrase,
    Raw,
    TypePhrase,
)
from scaffold.blueprint.shapes.plain import (
    BudgetText,
    DateText,
    Flag,
    Name,
    Shape,
    SpanText,
    Text,
    Whole,
    Word,
)
from scaffold.names import RECORD_NAME, WORD

_SMALL = "a word in small letters, digits and single _"
ROLE = Name(WORD, f"a role: {_SMALL}", "write front_desk, not Front Desk")
FIELD = Name(WORD, f"a field: {_SMALL}", "write due_on, not DueOn")
PLACE = Name(
    re.compile(rf"{WORD.pattern}(\.{WORD.pattern})*"),
    "a field or a path over fields",
    "write customer.email",
    longest=120,
)
STAGE = Name(WORD, f"a stage: {_SMALL}", "write under_way, not Under way")
MOVE = Name(WORD, f"a move: {_SMALL}", "write write_off, not Write off")
QUESTION = Name(WORD, f"a question's name: {_SMALL}", "write reason")
RECORD = Name(RECORD_NAME, "a record: CapitalWords without spaces", "write PartUsed")
CODE = Name(re.compile(r"[a-z]+(-[a-z]+)*"), "the code of a finding", "see `scaffold read`")
MESSAGE = Name(
    re.compile(r"\S[^\n]*"), "the sentence that people see", "write a short sentence", longest=200
)
KEY_OF_SECTION = Name(
    re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)*"), "what is open", "write support.stand_in", longest=120
)
_EXTENSION = Name(re.compile(r"[a-z0-9]{1,10}"), "a file's extension", "write pdf, without a dot")
_ROLES = names(ROLE, "a list of roles")
_FIELDS = names(FIELD, "a list of fields")
_RETIRED_FIELDS = names(FIELD, "a list of removed fields")
_GRANTS = ListOf(GrantPhrase(), "a list of grants, such as [add, see own]", lone=True)
_CODES = names(CODE, "a list of codes")

FIELD_BLOCK = Block(
    "A field",
    {
        "is": TypePhrase(),
        "unique": Flag(),
        "searchable": Flag(),
        "optional": Flag(),
        "default": Raw(),
        "min": Raw(),
        "max": Raw(),
        "pattern": Text(200, "a pattern (a regular expression)"),
        "places": Whole(0, 10),
        "file_types": names(_EXTENSION, "a list of extensions, such as [jpg, pdf]"),
        "max_mb": Whole(1, 1000),
        "if_deleted": Word(("refuse", "delete_too", "leave_blank")),
        "data": DataPhrase(),
        "seen_by": _ROLES,
        "set_by": _ROLES,
        "find_exact": Flag(),
        "calculated": ExpressionText(),
        "about": Text(),
        "example": Raw(),
        "was": FIELD,
        "backfill": Raw(),
    },
    required=("is",),
    advice={
        "type": "write is",
        "required": "a field is required unless its type begins with optional",
        "many": "write is: many <Record>",
        "choices": "write is: [one, other]",
        "nullable": "write is: optional <type>",
        "index": "indexes are inferred; `searchable` or `unique` make one",
    },
)
NUMBER_BLOCK = Block("A number", {"format": Text(40), "gapless": Flag()}, required=("format",))
MOVE_BLOCK = Block(
    "A move",
    {
        "from": names(STAGE, "a stage or a list of stages"),
        "to": STAGE,
        "by": _ROLES,
        "only_owner": Flag(),
        "needs": _FIELDS,
        "asks": names(QUESTION, "a list of questions"),
        "if": ExpressionText(),
        "not_same_person_as": MOVE,
        "tells": names(PLACE, "a list of paths to a User or an e-mail"),
        "once_past": FIELD,
    },
    required=("from", "to"),
)
WORKFLOW_BLOCK = Block(
    "A workflow",
    {
        "stages": ListOf(STAGE, "a list of stages, such as [draft, sent]"),
        "locked": names(STAGE, "a list of stages", least=0),
        "moves": MapOf(MOVE, Ref("move", MOVE_BLOCK), "moves by name"),
    },
    required=("stages", "moves"),
)
LINK_BLOCK = Block(
    "A link",
    {
        "shows": _FIELDS,
        "moves": names(MOVE, "a list of moves", least=0),
        "expires": SpanText(),
    },
    required=("shows", "expires"),
)
KEEP_BLOCK = Block(
    "A keeping rule",
    {
        "for": SpanText(),
        "after": FIELD,
        "then": Word(("erase", "remove_names")),
        "unless": FIELD,
    },
    required=("for", "after", "then"),
)
_PART_OF = Name(
    re.compile(rf"{RECORD_NAME.pattern} as {WORD.pattern}"),
    "a record and the name of the collection, such as Quote as lines",
    "write Quote as lines",
    longest=90,
)
RECORD_BLOCK = Block(
    "A record",
    {
        "about": Text(),
        "steward": ROLE,
        "number": ShortOr("format", Text(40, "a format, such as Q-{year}-00001"), NUMBER_BLOCK),
        "shown_as": FIELD,
        "key": _FIELDS,
        "part_of": _PART_OF,
        "shared": Flag(),
        "owner": PLACE,
        "data": DataPhrase(),
        "fields": MapOf(
            FIELD, Ref("field", ShortOr("is", TypePhrase(), FIELD_BLOCK)), "fields by name"
        ),
        "checks": MapOf(MESSAGE, ExpressionText(), "expressions by the message people see"),
        "unique": ListOf(ListOf(FIELD, "a list of fields", least=2), "a list of lists of fields"),
        "workflow": WORKFLOW_BLOCK,
        "may": MapOf(ROLE, _GRANTS, "grants by role"),
        "link": LINK_BLOCK,
        "audit": Word(("changes", "reads")),
        "delete": Word(("archive", "forbid", "erase")),
        "keep": KEEP_BLOCK,
        "was": RECORD,
        "plural": Text(40, "the plural"),
        "retired": _RETIRED_FIELDS,
        "intended": _CODES,
    },
    advice={"permissions": "write may", "states": "write workflow", "status": "write workflow"},
)
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
        "may_lose": SpanText(),
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
        "intended": _CODES,
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
