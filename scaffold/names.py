"""One noun, every name: class, folder, table, route, label; and the words that are taken."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass

import inflection

LONGEST_NAME = 40
LONGEST_SQL_NAME = 63  # bytes, in PostgreSQL; all our names are ASCII
_AROUND_A_COLUMN = len("ix__") + len("__") + len("_id")

RECORD_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


LANGUAGE_WORDS = _set(
    "and or not unless is in blank sum of my today now yes no true false optional many"
)
_TAKEN_RELATIONS = {
    "the blueprint language": LANGUAGE_WORDS,
    "every record": _set(
        "id number stage version created_at created_by updated_at updated_by archived_at "
        "archived_by hidden_fields tenant tenant_id search_vector"
    ),
}
_TAKEN_FIELDS = {
    **_TAKEN_RELATIONS,
    # In generated classes `list` is the type; linters take `l` for a 1.
    "Python": frozenset(keyword.kwlist) | _set("cls l list self"),
    "SQLAlchemy": _set("association_proxy metadata registry type_annotation_map"),
    "Pydantic": _set(
        "construct copy dict from_orm json model_computed_fields model_config model_construct "
        "model_copy model_extra model_fields model_fields_set model_json_schema "
        "model_parametrized_name model_post_init model_rebuild parse_file parse_obj parse_raw "
        "schema schema_json update_forward_refs validate"
    ),
    "the generated project": _set("c v"),  # how its classes call `columns` and `values`
}
_PYDANTIC = ("model_dump", "model_validate")
_TAKEN_MOVES = _set(
    "add archive browse change changes create delete export find get history import list restore "
    "search see unmask update"
)
_CLASSES = _set(
    "AssociationProxy Entity HistoryItem In LinkRow Mapped Page PageOfRows PageQuery POLICY "
    "Repository Separated SeparatedLink UUID UnitOfWork"
)
_LIKE_DIGITS = _set("I O")  # linters take them for 1 and 0
_PLATFORM = "platform_"  # begins the name of every table of the platform
_TAKEN_IDS = {
    "Windows": re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]"),  # no folder may be called like that
    # mypy and ruff pass by folders of these names, and git by `dist`: nobody would look at them.
    "a tool that looks through code": re.compile("build|dist|node_modules|venv"),
    # Keys, indexes and tables share one space of names, and the system's views come before ours;
    # the tables of the jobs are there too.
    "PostgreSQL": re.compile(rf"pg_.*|pk_.*|(ix|uq)_{_PLATFORM}.*|(idx_)?procrastinate_.*"),
    # Tables, and what stands below /api/v1.
    "the generated project": re.compile(rf"{_PLATFORM}.*|alembic_version|session"),
}


@dataclass(frozen=True, slots=True)
class RecordNames:
    """Every name of one record.

    `id` is its folder and table (parts_used), `singular` a variable (part_used), `class_name`
    PartUsed, `route` parts-used, `label` "Part used", `plural_label` "Parts used".
    """

    id: str
    singular: str
    class_name: str
    route: str
    label: str
    plural_label: str


def snake(name: str) -> str:
    """PartUsed -> part_used, SLAPolicy -> sla_policy."""
    return inflection.underscore(name)


def words(name: str) -> str:
    """part_used -> Part used: a label for people."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def plural_id(plural: str) -> str:
    """A plural as people write it ("parts used", "Parts-Used") as an id (parts_used)."""
    return re.sub(r"[\s\-]+", "_", plural.strip()).lower()


def record_names(name: str, plural: str | None = None) -> RecordNames:
    """All names of the record `name` (CapitalWords); `plural` wins over inflection."""
    singular = snake(name)
    plural_name = plural_id(plural) if plural else inflection.pluralize(singular)
    return RecordNames(
        id=plural_name,
        singular=singular,
        class_name=name,
        route=plural_name.replace("_", "-"),
        label=words(singular),
        plural_label=words(plural_name),
    )


def fits_sql(record_id: str, field: str) -> bool:
    """Whether the names made of a table and a column (indexes, keys) fit PostgreSQL."""
    return len(record_id) + len(field) + _AROUND_A_COLUMN <= LONGEST_SQL_NAME


def python_name(word: str) -> str:
    """The word as a Python name: `return` becomes `return_`."""
    return f"{word}_" if keyword.iskeyword(word) else word


def field_taken(name: str) -> str | None:
    """Who already uses this field name ("Python", "every record" …), or None if it is free."""
    if name.startswith(_PYDANTIC):
        return "Pydantic"
    return next((user for user, taken in _TAKEN_FIELDS.items() if name in taken), None)


def relation_taken(name: str) -> str | None:
    """Who already uses this name of a relation to one record, which is stored as `<name>_id`."""
    return next((user for user, taken in _TAKEN_RELATIONS.items() if name in taken), None)


def record_taken(name: str) -> str | None:
    """Who already uses this name of a record, or None if it is free."""
    if name in _CLASSES:
        return "the generated project"
    return "Python" if keyword.iskeyword(name) or name in _LIKE_DIGITS else None


def plural_taken(record_id: str) -> str | None:
    """Who already uses this plural of a record, or None if it is free."""
    if keyword.iskeyword(record_id):
        return "Python"
    return next((user for user, form in _TAKEN_IDS.items() if form.fullmatch(record_id)), None)


def move_taken(name: str) -> str | None:
    """Who already uses this name of a move, or None if it is free. Keywords are free."""
    return "every record" if name in _TAKEN_MOVES else None
