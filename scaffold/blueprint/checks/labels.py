"""What labels ask for: sealed fields, searching, and payment cards; and the types of files."""

from __future__ import annotations

import re

from scaffold.blueprint.faults import Path
from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.posture import Kind
from scaffold.blueprint.report import Report
from scaffold.blueprint.words import FILE_TYPES, TEXT_TYPES

LONGEST_TOKEN = 64
LAST_DIGITS = 4
_CARD_NAMES = re.compile(
    r"(credit|debit|payment|bank)?_?card_?(no|nr|num|number|pan)|cc_?(no|num|number)"
    r"|(credit|debit|payment)_card|(card_)?(cvv|cvc|cvv2|cvc2|security_code)"
)


def check_labels(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every field of one record, by its label."""
    for field in record.fields.values():
        path: Path = ("records", record.name, "fields", field.name)
        _sealed(field, path, report)
        _file_types(field, path, report)
        if report.said((*path, "data")) or Kind.CARD not in field.kinds:
            _card(field, path, report)


def _sealed(field: Field, path: Path, report: Report) -> None:
    if not field.sealed or report.said((*path, "calculated")):
        return
    if field.searchable:
        message = f"`{field.name}` is sealed: its text cannot be searched, only found exactly."
        hint = "write find_exact: true instead of searchable, or lower its level"
        report.add("sealed-search", (*path, "searchable"), message, hint, key=True)
    if field.unique and not field.find_exact:
        message = f"`{field.name}` is sealed; to be unique it must be found exactly."
        report.add("sealed-unique", (*path, "unique"), message, "add find_exact: true", key=True)


def _file_types(field: Field, path: Path, report: Report) -> None:
    unknown = [name for name in field.file_types if name not in FILE_TYPES]
    if unknown:
        message = f"What a .{unknown[0]} file is cannot be told by its content."
        hint = f"allowed: {', '.join(FILE_TYPES)}"
        report.add("file-type", (*path, "file_types"), message, hint)


def _card(field: Field, path: Path, report: Report) -> None:
    named = _CARD_NAMES.fullmatch(field.name) is not None and field.type != "record"
    if Kind.CARD not in field.kinds:
        if named:
            message = f"`{field.name}` looks like a payment card; those are not kept here."
            hint = "keep the processor's token: card_token: {is: text, max: 64, data: card}"
            report.add("card", path, message, hint, key=True)
        return
    longest = field.max if isinstance(field.max, int) else None
    token = field.name.endswith("token") and longest is not None and longest <= LONGEST_TOKEN
    last = longest is not None and longest <= LAST_DIGITS
    if field.type not in TEXT_TYPES or named or not (token or last):
        message = "Of a card, only a processor's token or the last four digits are kept."
        hint = "write card_token: {is: text, max: 64, data: card}, or card_last4 with max: 4"
        report.add("card", path, message, hint, key=True)
