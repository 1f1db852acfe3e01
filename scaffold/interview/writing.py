"""From answers to the blueprint's text: keys, labels on fields, keeping rules, open items."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.posture import Kind, Level
from scaffold.interview.amend import append_item, set_key
from scaffold.interview.order import GROUP_WORDS
from scaffold.resolve.facts import ABOUT, KEPT, KEYS
from scaffold.resolve.people import looks_like

DAYS = 14
DAYS_FOR = {"keep": 90}
"""Days until an open item is due."""

_ELSEWHERE = frozenset(("users", "separation", "app_name", *KEPT))
_SEALED = {"government_ids", "bank"}


def write_answers(
    text: str, blueprint: Blueprint, answers: Mapping[str, Any], names: Iterable[str]
) -> str:
    """The text with the answers of these names in it; what is empty is left out."""
    wanted = set(names)
    for name, key in KEYS.items():
        if name in wanted - _ELSEWHERE and answers[name] not in ("", None, []):
            text = set_key(text, key, answers[name])
    if "separation" in wanted and answers["separation"] == "customers":
        group = next((word for word in GROUP_WORDS if word in blueprint.records), None)
        text = set_key(text, "separate_by", group) if group else text
    for record in blueprint.records.values():
        text = _label(text, record, answers, wanted)
        if "keep" in wanted and answers["keep"].endswith("_years"):
            text = _keep(text, record, answers)
    return text


def _label(text: str, record: Record, answers: Mapping[str, Any], wanted: set[str]) -> str:
    for field in record.fields.values():
        label = _wanted_label(field, answers, wanted)
        if label is not None:
            text = _set_label(text, record, field, label)
    return text


def _wanted_label(field: Field, answers: Mapping[str, Any], wanted: set[str]) -> str | None:
    """What `data` should say of a field that has no label of its own, or None."""
    hide = answers["show_contacts"] == "after_click" and field.level < Level.CONFIDENTIAL
    if "show_contacts" in wanted and hide and field.kinds == (Kind.PERSONAL,):
        return "confidential personal" if field.type in _CONTACTS else None
    if field.kinds or field.level is Level.RESTRICTED or field.type == "record":
        return None
    looks = looks_like(field.name)
    if "sensitive" in wanted and looks in answers["sensitive"] and looks in _SEALED:
        return "restricted personal"
    if "people" in wanted and answers["people"] != ["nobody"] and field.type in _CONTACTS:
        return "confidential personal" if hide else "personal"
    return None


_CONTACTS = ("email", "phone")


def _set_label(text: str, record: Record, field: Field, label: str) -> str:
    return set_key(text, f"records.{record.name}.fields.{field.name}.data", label, short="is")


def _keep(text: str, record: Record, answers: Mapping[str, Any]) -> str:
    personal = any(Kind.PERSONAL in f.kinds for f in record.fields.values())
    if not personal or record.keep or record.part_of or record.name == "User":
        return text
    rule = {
        "for": answers["keep"].replace("_", " "),
        "after": "archived",
        "then": answers["keep_then"],
    }
    return set_key(text, f"records.{record.name}.keep", rule)


def write_open_items(text: str, blueprint: Blueprint, names: Iterable[str], today: date) -> str:
    """The text in which everything that was a guess is an open item with a name and a date."""
    known = {item.about for item in blueprint.open_items}
    who = _who_finds_out(blueprint)
    for name in names:
        about = ABOUT[name]
        if about not in known:
            due = today + timedelta(days=DAYS_FOR.get(name, DAYS))
            item = {"about": about, "who": who, "by": due.isoformat()}
            text = append_item(text, "open_items", item)
    return text


def _who_finds_out(blueprint: Blueprint) -> str:
    if blueprint.support.first.contact:
        return blueprint.support.first.contact
    mail = subprocess.run(
        ["git", "config", "user.email"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return mail.stdout.strip() or "whoever generated the project"
