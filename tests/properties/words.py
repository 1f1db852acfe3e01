"""Words that blueprints could hold, awkward ones among them."""

from __future__ import annotations

import string
from random import Random

from scaffold.names import (
    LONGEST_NAME,
    RecordNames,
    field_taken,
    plural_taken,
    record_names,
    record_taken,
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS = _words(
    "Job Site Person Child Address Invoice Class2 Category SLAPolicy HTTPEndpoint API Box Leaf "
    "Datum Analysis Criterion Bus Woman Mouse Return2 Item Event Order Group Table Service "
    "Session Request Response Policy Page Link Query Reading Invitation Role Password Stage "
    "Result TestResult Test Annotation Constant Setting Model Column Field Value Form1099 A2 A10 "
    "Rule Work Move Number Sequence Index View Text Date Type Schema Document Error Warning "
    "Exception Path Body Record Key State Status Alias Import2 Export2 Unit Quiz Fax SOS B2B "
    "Principal Actor Access Listing Repository2 Literal Annotated Depends Router Class Return "
    "Import Pass"
)
FIELD_WORDS = _words(
    "name title label code limit sort search after order user group select type date time "
    "datetime timedelta decimal uuid property object set tuple float int bool bytes str super "
    "classmethod table column index key value values items data text info kind level status "
    "state body query request response session page size next previous first last count max min "
    "all any filter map zip format print input open hash path url host port json_text from_date "
    "to_date class_name primary foreign references check constraint default desc asc where "
    "having union join left right offset fetch end begin case when then else_where cast row rows "
    "full within preset work actor entity row_id target_id policy service router rules models "
    "schemas field alias any_thing exclude include config fields model model_year extra frozen "
    "annotation annotations registry2 base mapper mapped relationship a2 a10 a1 b2b x y z e f n "
    "notes description about street city phone_number mobile birthday price total amount "
    "quantity weight rate vat enabled archived history version2 created changed owner parent "
    "children author customer company color colour due_on starts_at ends_at hidden public "
    "private internal secret salary iban ssn account_number diagnosis self_rating test tests "
    "pytest_run fixture mark setup teardown method args kwargs return_to import_id yield_rate "
    "lambda_value async_mode none_left true_value digest seed samples relationship"
)
SYLLABLES = _words("ba co di fe gu ha jo ki lu me no pa qu ri so ta u2 ve wo x1 yz 7 10 01")
SIGNS = (
    *"aeiouxyz  ,.;:!?-_/()[]{}<>|@#$%^&*+=~`0123456789",
    *('"', "'", "\\", '"""', "'''", "\\n", "\\u00e9", "{{ x }}", "{% if %}", "{# #}", "%s", "${A}"),
    *(
        "é",
        "ß",
        "Ж",
        "中文",
        "日本語",
        "عربى",
        "🙂",
        "👩‍👩‍👧",
        "e\u0301",
        "—",
        "“",
        "\u00a0",
        "¿",
        "№",
    ),
)
PHRASES = ("Kept for the workshop.", "What people call it", "Only for the office!", "Why not?")


def chance(r: Random, share: float) -> bool:
    """True so often."""
    return r.random() < share


def some(r: Random, items: tuple[str, ...] | list[str], most: int, least: int = 1) -> list[str]:
    """A few of them, in any order, no one twice."""
    most = min(most, len(items))
    return r.sample(list(items), r.randint(min(least, most), most))


def prose(r: Random, longest: int = 300) -> str:
    """A text as people write it, or as nobody would; one line, never blank."""
    if chance(r, 0.5):
        return r.choice(PHRASES)
    length = r.choice((1, 3, 8, 20, 40))
    text = "".join(r.choice(SIGNS) for _ in range(length))
    if chance(r, 0.1):
        text = " ".join([text, *PHRASES] * 4)
    return " ".join(text.split())[:longest].strip() or "x"


def lower_name(r: Random, longest: int = LONGEST_NAME) -> str:
    """A name in small letters, of 1 to so many characters; it may be taken."""
    kind = r.random()
    if kind < 0.6:
        name = r.choice(FIELD_WORDS)
    elif kind < 0.8:
        name = f"{r.choice(FIELD_WORDS)}_{r.choice(FIELD_WORDS)}"
    elif kind < 0.9:
        name = r.choice(string.ascii_lowercase) + r.choice(("", "2", "10", "_2", "_10", "1_a"))
    else:
        name = "".join(["w", *(r.choice(SYLLABLES) for _ in range(19))])[: r.randint(1, longest)]
    return name[:longest].rstrip("_")


def field_name(r: Random, longest: int = LONGEST_NAME) -> str:
    """A name that a field may have."""
    while True:
        name = lower_name(r, max(1, longest))
        if field_taken(name) is None:
            return name


def words(r: Random, most: int, longest: int = LONGEST_NAME) -> list[str]:
    """Up to so many different names, at least one."""
    return list(dict.fromkeys(field_name(r, longest) for _ in range(r.randint(1, most))))


def record_name(r: Random, taken: set[str]) -> tuple[RecordNames, str | None]:
    """The names of a record that nothing in `taken` has, which grows, and the plural it says."""
    while True:
        name, plural = _noun(r), None
        if chance(r, 0.15):
            plural = f"{lower_name(r, 30)} {r.choice(('items', 'rows', '2s'))}".replace("_", " ")
        names = record_names(name, plural)
        ours = {names.id, names.singular}
        legal = len(names.id) <= LONGEST_NAME and names.id != names.singular
        if legal and not ours & taken and not record_taken(name) and not plural_taken(names.id):
            taken |= ours
            return names, plural


def _noun(r: Random) -> str:
    kind = r.random()
    if kind < 0.6:
        name = r.choice(NOUNS)
    elif kind < 0.85:
        name = r.choice(NOUNS) + r.choice(NOUNS)
    elif kind < 0.95:
        name = "".join(s.capitalize() for s in r.choices(SYLLABLES, k=r.randint(1, 15)))
    else:
        name = "".join(r.choices(string.ascii_uppercase, k=r.randint(1, 3)))
    name = name.lstrip(string.digits)[:LONGEST_NAME]
    return (name[:1].upper() + name[1:]) or "Q"
