"""The shape of a field's type: a word, a record, or a list of choices."""

from __future__ import annotations

from dataclasses import dataclass

from scaffold.blueprint.faults import Path, listed, nearest, shown
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.plain import UNREADABLE, Schema, Unreadable, refuse
from scaffold.blueprint.source.nodes import Node, Scalar, Sequence
from scaffold.blueprint.words import PLAIN_TYPES
from scaffold.names import LANGUAGE_WORDS, RECORD_NAME, WORD

LONGEST_CHOICE = 60
_OTHER_WORDS = {
    "string": "text",
    "str": "text",
    "varchar": "text",
    "markdown": "long_text",
    "int": "integer",
    "number": "integer or decimal",
    "float": "decimal",
    "numeric": "decimal",
    "currency": "money",
    "bool": "yes_no",
    "boolean": "yes_no",
    "timestamp": "datetime",
    "image": "file",
    "enum": "a list of choices, such as [low, high]",
    "choice": "a list of choices, such as [low, high]",
    "record": "the record's name, such as Customer",
}
_TRUTH_WORDS = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false"))


@dataclass(frozen=True, slots=True)
class FieldType:
    """What stands after `is`."""

    name: str
    choices: tuple[str, ...] = ()
    record: str | None = None
    many: bool = False
    optional: bool = False


class TypePhrase:
    """`text`, `optional Site`, `many Skill`, or a list of choices."""

    def read(self, node: Node, path: Path, report: Report) -> FieldType | Unreadable:
        """The type."""
        if isinstance(node, Sequence):
            return _choices(node, path, report)
        if not isinstance(node, Scalar) or node.kind != "text":
            return refuse(report, path, "a type, such as text, Customer or [low, high]", node)
        *before, last = node.text.split() or [""]
        for place, word in enumerate(before):
            if word not in ("optional", "many") or word in before[:place]:
                message = f"Before a type stands optional or many; not {shown(word)}."
                report.add("type", path, message, f"write {last}, or a block that begins with is")
                return UNREADABLE
        return _typed(last, frozenset(before), path, report)

    def schema(self) -> Schema:
        """A phrase or a list of choices."""
        plain = "|".join(PLAIN_TYPES)
        record = RECORD_NAME.pattern
        phrase = f"^(optional )?({plain})$|^((optional|many) ){{0,2}}{record}$"
        choice = {"type": "string", "minLength": 1, "maxLength": LONGEST_CHOICE}
        choices = {"type": "array", "items": choice, "minItems": 1, "uniqueItems": True}
        return {"anyOf": [{"type": "string", "pattern": phrase}, choices]}


def _typed(word: str, before: frozenset[str], path: Path, report: Report) -> FieldType | Unreadable:
    optional, many = "optional" in before, "many" in before
    if word in PLAIN_TYPES:
        if not many:
            return FieldType(word, optional=optional)
        message = f"`many` stands before a record; {word} is a value."
        report.add("many-values", path, message, "make it a record of its own, or a json field")
        return UNREADABLE
    if RECORD_NAME.fullmatch(word):
        return FieldType("record", record=word, many=many, optional=optional)
    message = f"{shown(word)} is neither a type nor a record."
    report.add("unknown-type", path, message, _type_hint(word))
    return UNREADABLE


def _type_hint(word: str) -> str:
    if word.endswith("?"):
        return f"write optional {word[:-1]}"
    if word.endswith("[]"):
        return f"write many {word[:-2]}"
    if word.lower() in _OTHER_WORDS:
        return f"write {_OTHER_WORDS[word.lower()]}"
    if word in ("optional", "many"):
        return f"write {word} and what: {word} Customer"
    best = nearest(word, PLAIN_TYPES)
    types = f"types are {listed(PLAIN_TYPES, 'and')}; records begin with a capital"
    return f"did you mean {best}?" if best else types


def _choices(node: Sequence, path: Path, report: Report) -> FieldType | Unreadable:
    found: list[str] = []
    for place, item in enumerate(node.items):
        here = (*path, place)
        if not isinstance(item, Scalar) or item.kind != "text":
            refuse(report, here, "choices that are words", item, _choice_hint(item))
            continue
        wrong = _wrong_choice(item, found)
        if wrong:
            report.add("choice", here, *wrong)
        else:
            found.append(item.text)
    if len(node.items) == 0:
        report.add("choice", path, "A list of choices has at least one.", "write [low, high]")
    return UNREADABLE if report.blamed(*path) else FieldType("choice", choices=tuple(found))


def _choice_hint(item: Node) -> str:
    if isinstance(item, Scalar) and item.kind == "bool":
        return "write yes_no instead of the list"
    text = item.text if isinstance(item, Scalar) else ""
    return f"begin with a letter: size_{text}" if text else "write [low, high]"


def _wrong_choice(item: Scalar, found: list[str]) -> tuple[str, str | None] | None:
    text = item.text
    if item.plain and text.lower() in _TRUTH_WORDS:
        hint = f'write yes_no instead of the list, or put it in quotes: "{text}"'
        return f"Some readers of YAML take {shown(text)} for a truth value.", hint
    if len(text) > LONGEST_CHOICE:
        return f"A choice has at most {LONGEST_CHOICE} characters; this has {len(text)}.", None
    if RECORD_NAME.fullmatch(text):
        message = f"A choice is a word in small letters; {shown(text)} is a record's name."
        return message, f"write many {text}, or {text.lower()}"
    if not WORD.fullmatch(text):
        return f"A choice is a word in small letters, digits and _; not {shown(text)}.", None
    if text in LANGUAGE_WORDS - _TRUTH_WORDS:
        return f"{shown(text)} is a word of the language and cannot be a choice.", None
    return (f"The choice {text} stands twice.", "delete one of them") if text in found else None
