"""The blocks of records, fields and moves: their keys, and what each key takes."""

from __future__ import annotations

import re

from scaffold.blueprint.language.nouns import (
    CODES,
    EXTENSION,
    FIELD,
    FIELDS,
    GRANTS,
    MESSAGE,
    MOVE,
    PLACE,
    QUESTION,
    RECORD,
    RENAMED_CHOICES,
    RENAMED_STAGES,
    RETIRED_CHOICES,
    RETIRED_FIELDS,
    RETIRED_STAGES,
    ROLE,
    ROLES,
    STAGE,
)
from scaffold.blueprint.shapes.blocks import Block, ListOf, MapOf, Ref, ShortOr, names
from scaffold.blueprint.shapes.phrases import DataPhrase, ExpressionText, Raw
from scaffold.blueprint.shapes.plain import Flag, Name, Text, Whole, Word
from scaffold.blueprint.shapes.times import SpanText
from scaffold.blueprint.shapes.types import TypePhrase
from scaffold.names import RECORD_NAME, WORD

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
        "pattern": Text(200, "a pattern (a regular expression)", exact=True),
        "places": Whole(0, 10),
        "file_types": names(EXTENSION, "a list of extensions, such as [jpg, pdf]"),
        "max_mb": Whole(1, 1000),
        "if_deleted": Word(("refuse", "delete_too", "leave_blank")),
        "data": DataPhrase(),
        "seen_by": ROLES,
        "set_by": ROLES,
        "find_exact": Flag(),
        "calculated": ExpressionText(),
        "about": Text(),
        "example": Raw(),
        "was": FIELD,
        "backfill": Raw(),
        "renamed": RENAMED_CHOICES,
        "retired": RETIRED_CHOICES,
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
        "by": ROLES,
        "only_owner": Flag(),
        "needs": FIELDS,
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
        "renamed": RENAMED_STAGES,
        "retired": RETIRED_STAGES,
        "moves": MapOf(MOVE, Ref("move", MOVE_BLOCK), "moves by name"),
    },
    required=("stages", "moves"),
)
LINK_BLOCK = Block(
    "A link",
    {
        "shows": FIELDS,
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
        "key": FIELDS,
        "part_of": _PART_OF,
        "shared": Flag(),
        "owner": PLACE,
        "data": DataPhrase(),
        "fields": MapOf(
            FIELD, Ref("field", ShortOr("is", TypePhrase(), FIELD_BLOCK)), "fields by name"
        ),
        "checks": MapOf(MESSAGE, ExpressionText(), "expressions by the message people see"),
        "unique": ListOf(
            ListOf(FIELD, "a list of at least two fields", least=2), "a list of lists of fields"
        ),
        "workflow": WORKFLOW_BLOCK,
        "may": MapOf(ROLE, GRANTS, "grants by role"),
        "link": LINK_BLOCK,
        "audit": Word(("changes", "reads")),
        "delete": Word(("archive", "forbid", "erase")),
        "keep": KEEP_BLOCK,
        "was": RECORD,
        "plural": Text(40, "the plural"),
        "retired": RETIRED_FIELDS,
        "intended": CODES,
    },
    advice={"permissions": "write may", "states": "write workflow", "status": "write workflow"},
)
