"""The fields of a record as sentences: what it must have, what it may have, what it works out."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.reading.english import (
    Noun,
    counted,
    joined,
    listing,
    plural,
    quoted,
    spoken,
)
from scaffold.blueprint.reading.nouns import Vocabulary, field_noun, needs_type
from scaffold.blueprint.reading.page import Line, line
from scaffold.blueprint.reading.phrases import Phrases
from scaffold.blueprint.reading.values import bounds_in_words, renames_in_words, value_in_words

_MOST_IN_A_SENTENCE = 8
_TYPES = {
    "text": "text",
    "long_text": "long text",
    "integer": "whole number",
    "decimal": "decimal number",
    "money": "amount of money",
    "percent": "percentage",
    "date": "date",
    "time": "time of day",
    "datetime": "date and time",
    "duration": "length of time",
    "email": "e-mail address",
    "phone": "phone number",
    "url": "web address",
    "file": "file",
    "json": "data of any form",
    "uuid": "technical identifier",
}
_EXPECTED = {
    "date": "date",
    "day": "date",
    "price": "money",
    "cost": "money",
    "amount": "money",
    "total": "money",
    "quantity": "integer",
    "email": "email",
    "phone": "phone",
    "notes": "long_text",
    "url": "url",
    "balance": "money",
    "fee": "money",
    "gross": "money",
    "net": "money",
    "salary": "money",
    "subtotal": "money",
    "tax": "money",
}


def field_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """What it must and may have, then what is worked out."""
    typed = [field for field in record.fields.values() if field.calculated is None]
    one = words.one(record.name)
    must = [field for field in typed if not field.optional]
    may = [field for field in typed if field.optional]
    yield from _groups(record, must, f"{one.a} must have", f"{one.a} must also have")
    yield from _groups(record, may, f"{one.a} may have", f"{one.a} may also have")
    for field in record.fields.values():
        if field.calculated is not None:
            yield _calculated(words, record, field, field.calculated)


def field_path(record: Record, field: Field) -> str:
    """Where the blueprint says it."""
    return f"records.{record.name}.fields.{field.name}"


def _groups(record: Record, fields: list[Field], first: str, more: str) -> Iterator[Line]:
    for start in range(0, len(fields), _MOST_IN_A_SENTENCE):
        group = fields[start : start + _MOST_IN_A_SENTENCE]
        text = listing([_described(field) for field in group])
        paths = [field_path(record, field) for field in group]
        yield line(f"{more if start else first} {text}", *paths)


def _calculated(words: Vocabulary, record: Record, field: Field, how: Expression) -> Line:
    found = words.field(record.name, field.name)
    phrase = Phrases(words, record.name).of(how)
    details = "; ".join(filter(None, [_details(field), "may be blank" if field.optional else ""]))
    more = f" ({details})" if details else ""
    value = f"yes when {phrase}" if field.type == "yes_no" else phrase
    how_ = f"{found.verb('is', 'are')} worked out{more}: {value}"
    whose = words.one(record.name).a
    return line(f"{found.the} of {whose} {how_}", field_path(record, field))


def _described(field: Field) -> str:
    details = _details(field)
    return joined(_named(field), f"({details})" if details else None)


def _named(field: Field) -> str:
    found = field_noun(field)
    return f"a yes or no for {found.text}" if field.type == "yes_no" else found.a


def _details(field: Field) -> str:
    """What stands in brackets behind its name."""
    found = [
        _type(field),
        "any number" if field.many else None,
        bounds_in_words(field),
        f"in the form {field.pattern}" if field.pattern else None,
        f"with {counted(field.places, 'decimal place')}" if field.places is not None else None,
        f"{listing(field.file_types, 'or')} only" if field.file_types else None,
        f"at most {field.max_mb} MB" if field.max_mb else None,
        f"{value_in_words(field, field.default)} unless changed" if field.has_default else None,
        quoted(field.about) if field.about else None,
        f"for example {value_in_words(field, field.example)}"
        if field.example is not None
        else None,
        f"called {quoted(spoken(field.was))} before" if field.was else None,
        f"{value_in_words(field, field.backfill)} in what is already there"
        if field.backfill is not None
        else None,
        *renames_in_words(field.renamed),
        f"no longer {listing([spoken(choice) for choice in field.retired], 'or')}"
        if field.retired
        else None,
    ]
    return "; ".join(item for item in found if item)


def _type(field: Field) -> str | None:
    """The type, unless the name says it already."""
    if field.type == "choice":
        return listing([spoken(choice) for choice in field.choices], "or")
    if field.type == "record":
        return _target(field)
    noun_says_it = needs_type(field) or field.name == field.type
    if field.type == "yes_no" or (noun_says_it and field.type != "long_text"):
        return None
    expected = _EXPECTED.get(field.name.rsplit("_", maxsplit=1)[-1], "text")
    return None if field.type == expected else _TYPES[field.type]


def _target(field: Field) -> str | None:
    target = spoken(field.record or "")
    found = field_noun(field).text
    told = found in (target, plural(target)) if field.many else found == target
    if told or found.endswith(f" {target}") or found.startswith(f"{target} that it "):
        return None
    return f"each {Noun(target).a}" if field.many else Noun(target).a
