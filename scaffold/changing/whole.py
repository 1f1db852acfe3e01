"""The differences between two whole blueprints: settings, roles, records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from scaffold.blueprint.models import Blueprint, Record
from scaffold.changing.change import Change, asks, breaks, from_to, safe
from scaffold.changing.records import compare_records
from scaffold.names import record_names
from scaffold.resolve.currencies import with_currencies

_SECTIONS = ("identity", "support", "delivery", "why_build")
_TEXTS = ("app", "about", "timezone", "audit")


def differences(applied: Blueprint, wanted: Blueprint, ids: Mapping[str, str]) -> list[Change]:
    """Every difference, in the order of the language; `ids` are those of the applied records."""
    wanted = with_currencies(wanted, applied.currencies)
    applied = with_currencies(applied)
    before = {r.name: _earlier(r, applied, wanted) for r in wanted.records.values()}
    return [
        *_settings(applied, wanted),
        *_roles(applied, wanted),
        *_gone(applied, wanted, {name for name in before.values() if name}),
        *_records(applied, wanted, before, ids),
    ]


def _earlier(record: Record, applied: Blueprint, wanted: Blueprint) -> str | None:
    """What the record was called in the applied blueprint, if it was there."""
    if record.name in applied.records:
        return record.name
    known = record.was in applied.records and record.was not in wanted.records
    return record.was if known else None


def _settings(applied: Blueprint, wanted: Blueprint) -> Iterator[Change]:
    for name in _TEXTS:
        old, new = getattr(applied, name), getattr(wanted, name)
        if old != new:
            yield safe("setting-changed", name, f"`{name}`: {from_to(old, new)}.")
    for section in _SECTIONS:
        yield from _section(section, getattr(applied, section), getattr(wanted, section))
    if applied.posture is not wanted.posture or applied.kinds != wanted.kinds:
        said = from_to(applied.posture.value, wanted.posture.value)
        yield safe("posture-changed", "data", f"The posture of the whole system: {said}.")
    if applied.currencies != wanted.currencies:
        yield _currencies(applied.currencies, wanted.currencies)
    if applied.separate_by != wanted.separate_by:
        yield _separation(applied, wanted)
    if applied.open_items != wanted.open_items:
        yield safe("open-items-changed", "open_items", "The list of open items changed.")


def _currencies(applied: tuple[str, ...], wanted: tuple[str, ...]) -> Change:
    said = f"Currencies: {from_to(applied, wanted)}."
    gone = set(applied) - set(wanted)
    if len(applied) > 1 and (gone or len(wanted) < 2):  # noqa: PLR2004 - one is not in each row
        words = f"{said} Rows say which of them they are in."
        return breaks("currency-changed", "currency", words, "leave it in the list")
    rows = f"Rows of today are in {applied[0]}." if applied and wanted[1:] else ""
    return safe("currency-changed", "currency", f"{said} {rows or 'Amounts stay as they are.'}")


def _separation(applied: Blueprint, wanted: Blueprint) -> Change:
    said = from_to(applied.separate_by, wanted.separate_by)
    return breaks(
        "separation-changed",
        "separate_by",
        f"Records are separated by something else: {said}. Rows that are there belong to nobody.",
        "make a new project from this blueprint and move the rows over, or leave it as it was",
    )


def _section(section: str, old: object, new: object) -> Iterator[Change]:
    if old is None or new is None:
        if old is not new:
            yield safe("setting-changed", section, f"`{section}` is {'new' if new else 'gone'}.")
        return
    for item in fields(new):  # type: ignore[arg-type]
        before, after = getattr(old, item.name), getattr(new, item.name)
        where = f"{section}.{item.name}"
        if before == after:
            continue
        plain = isinstance(before, str | int | tuple | None) and isinstance(
            after, str | int | tuple | None
        )
        said = from_to(before, after) if plain else "says something else"
        yield safe("setting-changed", where, f"`{where}`: {said}.")


def _roles(applied: Blueprint, wanted: Blueprint) -> Iterator[Change]:
    for name, about in wanted.roles.items():
        if name not in applied.roles:
            yield safe("role-added", f"roles.{name}", f"There is a new role, {name}.")
        elif about != applied.roles[name]:
            words = f"The role {name} is described in other words."
            yield safe("role-changed", f"roles.{name}", words)
    for name in applied.roles:
        if name not in wanted.roles:
            words = (
                f"The role {name} is gone. Whoever has no other role can sign in and do nothing "
                "until somebody gives them one."
            )
            yield safe("role-removed", f"roles.{name}", words)


def _gone(applied: Blueprint, wanted: Blueprint, kept: set[str]) -> Iterator[Change]:
    for name in applied.records:
        if name in kept:
            continue
        where = f"records.{name}"
        if name in wanted.retired:
            words = f"{name} is retired: the migration deletes its table with all rows."
            yield safe("record-removed", where, words)
        else:
            words = f"{name} is gone, and nothing says what becomes of its rows."
            hint = f"write `was: {name}` in the record that it became, or `retired: [{name}]`"
            yield asks("record-removed", where, words, f"{hint}, which deletes its rows")


def _records(
    applied: Blueprint, wanted: Blueprint, before: Mapping[str, str | None], ids: Mapping[str, str]
) -> Iterator[Change]:
    kept = {ids[was]: name for name, was in before.items() if was is not None and was in ids}
    for name, record in wanted.records.items():
        was = before[name]
        if was is None:
            yield _added(record, kept)
            continue
        if was != name:
            words = (
                f"{was} is called {name} now. Its rows, its table `{ids.get(was, was)}`, its "
                "folder and its address stay."
            )
            yield safe("record-renamed", f"records.{name}", words)
        yield from compare_records(applied, wanted, applied.records[was], record)


def _added(record: Record, kept: Mapping[str, str]) -> Change:
    where = f"records.{record.name}"
    taken = kept.get(record_names(record.name, record.plural).id)
    if taken is not None:
        words = f"{record.name} is new, and its table would be the one that {taken} has."
        return asks("record-added", where, words, "say another `plural:` for it")
    return safe("record-added", where, f"There is a new record, {record.name}.")
