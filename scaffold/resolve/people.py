"""Facts about people and sensitive things that follow from the labels on fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scaffold.blueprint.models import Blueprint, Field
from scaffold.blueprint.posture import Kind, Level

PEOPLE = ("nobody", "staff", "business_contacts", "private_individuals", "protected")
SENSITIVE = ("health", "government_ids", "bank", "cards", "pay", "passwords")

_LOOKS_LIKE = {
    "government_ids": re.compile(
        r"(^|_)(ssn|passport|tax_(number|id)|national_id|id_number|licen[cs]e_number|vat_id)(_|$)"
    ),
    "bank": re.compile(r"(^|_)(iban|bic|swift|bank|account_number|routing_number)(_|$)"),
    "pay": re.compile(r"(^|_)(salary|wage|pay|cost|costs|margin|hourly_rate)(_|$)"),
}


def looks_like(name: str) -> str | None:
    """Which sensitive thing a field of this name usually holds: government_ids, bank, pay."""
    return next((what for what, names in _LOOKS_LIKE.items() if names.search(name)), None)


def people(blueprint: Blueprint, answered: Iterable[str]) -> list[str]:
    """Whose details are in it: as answered, and whoever the labels add."""
    found = set(answered) - {"nobody"}
    outside = found - {"staff"}
    for record, field in _fields(blueprint):
        if Kind.HEALTH in field.kinds:
            found.add("protected")
        elif Kind.PERSONAL in field.kinds and record == "User":
            found.add("staff")
        elif Kind.PERSONAL in field.kinds and not outside:
            found.add("business_contacts")
    return [who for who in PEOPLE if who in found] or ["nobody"]


def sensitive(blueprint: Blueprint, answered: Iterable[str]) -> list[str]:
    """What sensitive things are typed in: as answered, and what labels and names show."""
    found = set(answered)
    for _, field in _fields(blueprint):
        looks = looks_like(field.name)
        if Kind.HEALTH in field.kinds:
            found.add("health")
        if Kind.CARD in field.kinds:
            found.add("cards")
        if Kind.SECRET in field.kinds:
            found.add("passwords")
        if looks == "pay" or (looks and field.level is Level.RESTRICTED):
            found.add(looks)
    return [what for what in SENSITIVE if what in found]


def shows_contacts(blueprint: Blueprint) -> str:
    """`yes` while some phone number or e-mail address shows without a click."""
    contacts = [f for _, f in _fields(blueprint) if f.type in ("phone", "email")]
    hidden = bool(contacts) and all(field.masked for field in contacts)
    return "after_click" if hidden else "yes"


def keeping(blueprint: Blueprint) -> tuple[str, str]:
    """How long finished records stay, and what then; `by_record` where they differ."""
    rules = {(str(r.keep.for_), r.keep.then) for r in blueprint.records.values() if r.keep}
    if not rules:
        return "until_removed", "erase"
    spans = {span.replace(" ", "_") for span, _ in rules}
    then = min(then for _, then in rules)
    span = spans.pop()
    uniform = not spans and len(rules) == 1
    return (span if uniform and span in _SPANS else "by_record"), then


_SPANS = ("3_years", "7_years", "10_years")


def _fields(blueprint: Blueprint) -> Iterator[tuple[str, Field]]:
    for record in blueprint.records.values():
        for field in record.fields.values():
            yield record.name, field
