"""The differences between two states of one field, and what a new one needs."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Field, Record
from scaffold.changing.bounds import compare_bounds
from scaffold.changing.change import BREAKS, Change, asks, breaks, from_to, safe
from scaffold.changing.renames import Renames
from scaffold.changing.wording import look_for, path_of
from scaffold.changing.words import compare_words

TEXTS = ("text", "long_text", "email", "phone", "url")
_PLAIN = ("searchable", "seen_by", "set_by", "about", "example", "file_types", "max_mb", "kinds")


def added_field(record: Record, field: Field) -> Change:
    """A field that was not there: safe where every row of today has a value for it."""
    where, name = path_of(record, field), f"{record.name}.{field.name}"
    if field.calculated is not None:
        return safe("field-added", where, f"There is a new field, {name}, which is worked out.")
    if field.optional or field.type == "file":
        return safe("field-added", where, f"There is a new field, {name}; rows of today have none.")
    if field.type == "record":
        words = f"{name} is new and required, and rows of today point to nothing."
        hint = f"write `is: optional {field.record}`, point each row to one, then require it"
        return asks("required-field-added", where, words, hint)
    value = filling(field)
    if value is None:
        words = f"{name} is new and required, and rows of today have no value for it."
        hint = "write `backfill: <value>` (what they get), or `optional` before its type"
        return asks("required-field-added", where, words, hint)
    if field.unique:
        words = f"{name} is new, required and unique, and rows of today would all get {value}."
        hint = "make it optional, give each row its own, then require it"
        return asks("required-field-added", where, words, hint)
    words = f"There is a new field, {name}; rows of today get {value}."
    return safe("required-field-added", where, words)


def filling(field: Field) -> str | None:
    """What rows get that have nothing: its backfill, else its default."""
    value = field.default if field.backfill is None else field.backfill
    if field.type == "record" or (field.backfill is None and not field.has_default):
        return None
    return f"`{('yes' if value else 'no') if isinstance(value, bool) else value}`"


def compare_fields(names: Renames, record: Record, old: Field, new: Field) -> Iterator[Change]:
    """Every difference of a field that is still there."""
    if (old.calculated is None) != (new.calculated is None):
        yield _worked_out(record, old, new)
        return
    if old.calculated is not None and new.calculated is not None:
        if names.text(old.calculated.text) != new.calculated.text:
            words = f"{record.name}.{new.name} is worked out in another way."
            yield safe("calculation-changed", path_of(record, new), words)
        return
    yield from (found := list(_type(names, record, old, new)))
    if any(change.verdict == BREAKS for change in found):
        return
    yield from _required(record, old, new)
    yield from _unique(record, old, new)
    if old.type == new.type == "choice":
        yield from _choices(record, old, new)
    yield from compare_bounds(record, old, new)
    yield from _handling(record, old, new)


def _choices(record: Record, old: Field, new: Field) -> Iterator[Change]:
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    for change in compare_words(name, where, old.choices, new):
        if new.sealed and change.kind in ("choice-renamed", "choice-removed"):
            words = f"A choice of {name} has another name or is gone; they are sealed, and"
            hint = f"leave the old choice in the list of {name}"
            yield breaks(change.kind, where, f"{words} nothing can look for it.", hint)
        else:
            yield change


def _worked_out(record: Record, old: Field, new: Field) -> Change:
    if new.calculated is None:
        return added_field(record, new)
    words = f"{record.name}.{new.name} holds what people typed, and is to be worked out."
    hint = (
        f"write the calculation in a field of another name, and `retired: [{new.name}]` once "
        "nobody needs what was typed"
    )
    return breaks("field-calculated", path_of(record, new), words, hint)


def _type(names: Renames, record: Record, old: Field, new: Field) -> Iterator[Change]:
    before, after = _in_words(old, names), _in_words(new, None)
    if before == after:
        return
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    if not old.many and not new.many and _same_column(old, new):
        words = f"{name} holds another type of text: {from_to(before, after)}. Its values stay."
        yield safe("type-changed", where, words)
        return
    kind = "many-changed" if old.many != new.many else "type-changed"
    if old.type == new.type == "record" and old.many == new.many:
        kind = "target-changed"
    words = f"{name} holds something else: {from_to(before, after)}. Its values do not fit."
    hint = (
        "write it as a new field under another name, fill that in a migration, and then "
        f"`retired: [{old.name}]`"
    )
    yield breaks(kind, where, words, hint)


def _in_words(field: Field, names: Renames | None) -> str:
    if field.type != "record":
        return "choices" if field.type == "choice" else field.type
    target = field.record or ""
    target = names.record(target) if names else target
    return f"many {target}" if field.many else target


def _same_column(old: Field, new: Field) -> bool:
    """Whether every value of the old type is one of the new, in the same column."""
    if old.sealed or new.sealed:
        return old.type in TEXTS and new.type in TEXTS and old.sealed == new.sealed
    return new.type in TEXTS and old.type in (*TEXTS, "choice")


def _required(record: Record, old: Field, new: Field) -> Iterator[Change]:
    if old.optional == new.optional or new.many or new.type == "file":
        return
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    if new.optional:
        yield safe("made-optional", where, f"{name} may be empty now.")
        return
    value = filling(new)
    if value is not None:
        yield safe("made-required", where, f"{name} is required now; empty ones become {value}.")
    elif new.type == "record":
        words = f"{name} is required now. {look_for('rows without one')}"
        yield safe("made-required", where, words)
    else:
        words = f"{name} is required now, and nothing says what empty ones become."
        yield asks("made-required", where, words, "write `backfill: <value>`, which they get")


def _unique(record: Record, old: Field, new: Field) -> Iterator[Change]:
    if old.unique == new.unique:
        return
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    if new.unique:
        words = f"{name} must be unique now. {look_for('values that stand twice')}"
        yield safe("unique-added", where, words)
    else:
        yield safe("unique-removed", where, f"{name} need not be unique any more.")


def _handling(record: Record, old: Field, new: Field) -> Iterator[Change]:
    """Levels, what a deletion does, defaults, and what touches no row."""
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    if old.level is not new.level:
        said = from_to(old.level.value, new.level.value)
        words = f"The data of {name} is handled in another way: {said}."
        if old.sealed != new.sealed:
            words += " The migration seals" if new.sealed else " The migration opens"
            words += " every value." if new.sealed else " every value, and they lie there readable."
        yield safe("level-changed", where, words)
    if old.find_exact != new.find_exact and new.sealed and old.sealed:
        how = "can be found by its exact value now" if new.find_exact else "can be found no more"
        yield safe("find-exact-changed", where, f"{name} {how}.")
    if old.type == "record" and not new.many and old.if_deleted != new.if_deleted:
        said = from_to(old.if_deleted, new.if_deleted)
        yield safe("if-deleted-changed", where, f"`if_deleted` of {name}: {said}.")
    if (old.default, old.has_default) != (new.default, new.has_default):
        said = from_to(old.default, new.default)
        yield safe("default-changed", where, f"The default of {name}: {said}. Rows stay.")
    for key in _PLAIN:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield safe(f"{key.replace('_', '-')}-changed", where, f"`{key}` of {name} changed.")
