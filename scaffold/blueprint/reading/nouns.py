"""What a blueprint's names are called in a sentence: roles, records, fields, moves."""

from __future__ import annotations

import re

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.reading.english import Noun, is_plural, noun, plural, spoken, word_set
from scaffold.names import record_names

_PERSONS = re.compile(
    r"(?:er|or|ian|ist|ant|ent|eer|man|woman|person|nurse|clerk|admin|staffer|intern|chef|cook|"
    r"guest|pilot|coach|volunteer|lead|head|vet|guide|guard|expert|advocate|representative|rep|"
    r"mate|boss|executive|associate|apprentice|employee|trainee|assignee|referee|attendee)$"
)
_NOT_PERSONS = frozenset({"department", "center", "counter", "management", "procurement", "order"})
_WITHOUT_ARTICLE = re.compile(
    r"(?:ing|sales|hr|it|support|finance|legal|operations|logistics|management|procurement|"
    r"security|compliance|research|staff|payroll|qa|it|dispatch|maintenance|everyone|quality)$"
)
_AFTER_NOUNS = word_set(
    "after around at before by down for from hand in into of off on out over since through till "
    "to under until up with within"
)
_NO_NOUNS = word_set(
    "active closed done due given held how lost made open paid sent sold taken visible what when "
    "where who whom why won"
)
_NOUNS_IN_ED = word_set("bed breed creed deed feed need reed seed shed speed weed")
_TYPE_NOUNS = {
    "text": "text",
    "long_text": "text",
    "integer": "number",
    "decimal": "decimal number",
    "money": "amount",
    "percent": "percentage",
    "date": "date",
    "time": "time of day",
    "datetime": "time",
    "duration": "length of time",
    "email": "e-mail address",
    "phone": "phone number",
    "url": "web address",
    "file": "file",
    "json": "data",
    "uuid": "identifier",
    "choice": "choice",
}
_ITSELF = {"email": "e-mail address", "phone": "phone number", "url": "web address"}
_SYSTEM = {
    "stage": Noun("stage"),
    "number": Noun("number"),
    "currency": Noun("currency"),
    "name": Noun("name"),
    "email": Noun("e-mail address"),
}


def role_noun(name: str) -> Noun:
    """`technicians`, `the office`, `billing`: how a role is spoken of as a group."""
    text = spoken(name)
    last = text.rsplit(" ", maxsplit=1)[-1].lower()
    single = last[:-1] if is_plural(last) else last
    if _WITHOUT_ARTICLE.search(last):
        return Noun(text, "mass")
    if is_plural(last) or (_PERSONS.search(single) and single not in _NOT_PERSONS):
        return Noun(plural(text), "many")
    return Noun(f"the {text}", "one")


def record_noun(record: Record) -> Noun:
    """`part used`."""
    text = spoken(record.name)
    return Noun(text, "mass" if text.endswith("equipment") else "one")


def records_noun(record: Record) -> Noun:
    """`parts used`."""
    label = record_names(record.name, record.plural).plural_label
    return Noun(spoken(label.lower().replace(" ", "_")), "many")


def field_noun(field: Field) -> Noun:
    """`site`, `notes`, `finished-on date`, `quoted amount`, `quote that it replaces`."""
    if field.name == field.type and field.type in _ITSELF:
        return Noun(_ITSELF[field.type])
    found = noun(field.name)
    words = found.text.split(" ")
    if field.type == "yes_no":
        return Noun(f'"{found.text}"')
    if field.type == "record" and not field.many and len(words) == 1 and found.count == "many":
        return Noun(f"{_type_noun(field)} that it {found.text}")
    if not needs_type(field):
        return Noun(found.text, "many") if field.many else found
    if len(words) == 1 and not words[0].endswith("ed"):
        return Noun(f'"{found.text}" {_type_noun(field)}')
    return Noun(f"{'-'.join(words)} {_type_noun(field)}")


def needs_type(field: Field) -> bool:
    """Whether the name alone is no noun, so that its type stands behind it: valid-until date."""
    *before, last = field.name.split("_")
    ends = last in _AFTER_NOUNS or last in _NO_NOUNS
    participle = last.endswith("ed") and len(last) > 3 and last not in _NOUNS_IN_ED  # noqa: PLR2004
    begins = bool(before) and before[0] in _AFTER_NOUNS
    return field.type != "yes_no" and not field.many and (ends or participle or begins)


def _type_noun(field: Field) -> str:
    return spoken(field.record or "") if field.type == "record" else _TYPE_NOUNS[field.type]


class Vocabulary:
    """How one blueprint's names are spoken of."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint

    def roles(self, names: tuple[str, ...], word: str = "and") -> str:
        """`the office and managers`, in the order of the blueprint."""
        found = [role_noun(name).text for name in names]
        return f" {word} ".join([", ".join(found[:-1]), found[-1]]) if found[1:] else found[0]

    def one(self, record: str) -> Noun:
        """`job`."""
        known = self.blueprint.records.get(record)
        return record_noun(known) if known else Noun(spoken(record))

    def several(self, record: str) -> Noun:
        """`jobs`."""
        known = self.blueprint.records.get(record)
        return records_noun(known) if known else Noun(plural(spoken(record)), "many")

    def field(self, record: str, name: str) -> Noun:
        """The noun of a field, of a field that every record has, or of a part's parent."""
        known = self.blueprint.records.get(record)
        if known and name in known.fields:
            return field_noun(known.fields[name])
        return _SYSTEM.get(name) or noun(name)

    def path(self, record: str, steps: tuple[str, ...]) -> str:
        """`the e-mail address of the customer of the site`, without the first article."""
        found: list[str] = []
        here: str | None = record
        for step in steps:
            found.append(self.field(here, step).text if here else spoken(step))
            here = self.target(here, step)
        return " of the ".join(reversed(found))

    def target(self, record: str | None, name: str) -> str | None:
        """The record that a relation points to, if the name is a relation."""
        known = self.blueprint.records.get(record or "")
        if known is None:
            return None
        if known.part_of and known.part_of.field == name:
            return known.part_of.parent
        field = known.fields.get(name)
        return field.record if field else None
