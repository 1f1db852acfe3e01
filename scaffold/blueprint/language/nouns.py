"""The nouns that people choose: roles, fields, stages, moves, records, and lists of them."""

from __future__ import annotations

import re

from scaffold.blueprint.shapes.blocks import ListOf, MapOf, names
from scaffold.blueprint.shapes.phrases import GrantPhrase
from scaffold.blueprint.shapes.plain import Name
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
CHOICE = Name(WORD, f"a choice: {_SMALL}", "write urgent, not Urgent")
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
EXTENSION = Name(re.compile(r"[a-z0-9]{1,10}"), "a file's extension", "write pdf, without a dot")
ROLES = names(ROLE, "a list of roles")
FIELDS = names(FIELD, "a list of fields")
RETIRED_FIELDS = names(FIELD, "a list of removed fields")
RETIRED_CHOICES = names(CHOICE, "a list of removed choices")
RENAMED_CHOICES = MapOf(CHOICE, CHOICE, "new names by the old ones", least=1)
RETIRED_STAGES = names(STAGE, "a list of removed stages")
RENAMED_STAGES = MapOf(STAGE, STAGE, "new names by the old ones", least=1)
GRANTS = ListOf(GrantPhrase(), "a list of grants, such as [add, see own]", lone=True)
CODES = names(CODE, "a list of codes")
