"""Which types go together: in comparisons, in arithmetic, and as the value of a field."""

from __future__ import annotations

from scaffold.blueprint.words import NUMBER_TYPES, TEXT_TYPES

_ORDERED = (*NUMBER_TYPES, "date", "time", "datetime", "duration")
_DATES = {
    ("date", "-", "date"): "integer",
    ("date", "+", "integer"): "date",
    ("date", "-", "integer"): "date",
    ("integer", "+", "date"): "date",
    ("datetime", "-", "datetime"): "duration",
    ("datetime", "+", "duration"): "datetime",
    ("datetime", "-", "duration"): "datetime",
    ("duration", "+", "datetime"): "datetime",
    ("duration", "+", "duration"): "duration",
    ("duration", "-", "duration"): "duration",
    ("duration", "/", "duration"): "decimal",
}


def family(type_: str) -> str:
    """Types of one family can be compared: all numbers are one, all text is one."""
    if type_ in NUMBER_TYPES:
        return "number"
    return "text" if type_ in TEXT_TYPES else type_


def ordered(type_: str) -> bool:
    """Whether `<` means something."""
    return type_ in _ORDERED


def result(left: str, sign: str, right: str) -> str | None:
    """The type of left sign right, or None if they do not go together."""
    if left in NUMBER_TYPES and right in NUMBER_TYPES:
        return _number(left, sign, right)
    if "duration" in (left, right) and sign in "*/":
        other = right if left == "duration" else left
        if other in NUMBER_TYPES and not (sign == "/" and right == "duration"):
            return "duration"
    return _DATES.get((left, sign, right))


def _number(left: str, sign: str, right: str) -> str | None:
    pair = {left, right}
    if pair == {"money"}:
        return {"+": "money", "-": "money", "/": "decimal"}.get(sign)
    if "money" in pair:
        if sign == "/" and right == "money":
            return None
        return "money" if sign in "*/" or _bare(pair) else None
    if pair == {"integer"}:
        return "integer" if sign != "/" else "decimal"
    if pair == {"percent"} and sign in "+-":
        return "percent"
    return "decimal"


def _bare(pair: set[str]) -> bool:
    """A plain number next to money counts as money: net + 5."""
    return "percent" not in pair


def fits(field_type: str, value_type: str) -> bool:
    """Whether a value of one type can be the calculated value of a field of another."""
    if field_type == "integer":
        return value_type == "integer"
    return family(field_type) == family(value_type)


def in_words(type_: str) -> str:
    """A type as it stands in a sentence."""
    article = "an" if type_[0] in "aeiou" else "a"
    known = {
        "yes_no": "a condition",
        "money": "an amount of money",
        "record": "a relation",
        "text": "text",
        "json": "json",
    }
    return known.get(type_, f"{article} {type_}")
