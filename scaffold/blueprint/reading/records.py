"""One record in sentences: what it is, what it holds, who may touch it, when it goes."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.reading.english import counted, listing, quoted, spoken, word_set
from scaffold.blueprint.reading.fields import field_lines, field_path
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.page import Line, line
from scaffold.blueprint.reading.permissions import (
    permission_lines,
    restricted_field_lines,
    steward_line,
)
from scaffold.blueprint.reading.sensitivity import sensitivity_lines
from scaffold.blueprint.reading.stages import check_lines, link_lines, stage_lines

_STARTS = word_set("a an one our somebody someone something the what who whoever")


def record_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """Everything about one record, in the order people ask."""
    yield _definition(words, record)
    steward = steward_line(words, record)
    yield from [steward] if steward else []
    yield from _standing(words, record)
    yield from field_lines(words, record)
    yield from _identity(words, record)
    yield from _relations(words, record)
    yield from check_lines(words, record)
    yield from permission_lines(words, record)
    yield from restricted_field_lines(words, record)
    yield from sensitivity_lines(words, record)
    yield from stage_lines(words, record)
    yield from link_lines(words, record)
    yield from _ending(words, record)
    yield from _history(words, record)


def _definition(words: Vocabulary, record: Record) -> Line:
    one, path = words.one(record.name), f"records.{record.name}"
    if record.about is None and record.name == "User":
        return line(f"{one.a} is somebody who signs in, with a name and an e-mail address", path)
    if record.about is None:
        return line(f"{one.a} is one of the {words.several(record.name).text}", path)
    first, _, rest = record.about.partition(" ")
    if first.lower() in _STARTS:
        return line(f"{one.a} is {first.lower()} {rest}", path)
    return line(f"{words.several(record.name).text}: {record.about}", path)


def _standing(words: Vocabulary, record: Record) -> Iterator[Line]:
    several, path = words.several(record.name).text, f"records.{record.name}"
    if record.part_of is not None:
        parent = words.one(record.part_of.parent).a
        collection = spoken(record.part_of.collection)
        yield line(
            f"{several} are the {collection} of {parent}: they live, are locked and end with it",
            f"{path}.part_of",
        )
    if record.owner is not None:
        owner = words.path(record.name, tuple(record.owner.split(".")))
        yield line(f"{words.one(record.name).a} belongs to the {owner}", f"{path}.owner")
    if record.shared:
        separate = words.blueprint.separate_by
        whom = f"every {words.one(separate).text}" if separate else "everybody"
        yield line(f"{several} are shared: {whom} has the same ones", f"{path}.shared")


def _identity(words: Vocabulary, record: Record) -> Iterator[Line]:
    one, several = words.one(record.name), words.several(record.name).text
    path = f"records.{record.name}"
    if record.number is not None:
        yield line(_number(record, one.a), f"{path}.number")
    if record.shown_as:
        yield line(f"elsewhere {one.a} is shown by {_the(words, record, record.shown_as)}",
                   f"{path}.shown_as")  # fmt: skip
    if record.key:
        known = listing([words.field(record.name, name).the for name in record.key])
        alone = "" if len(record.key) == 1 else " together"
        rule = f"no two {several} share that, and imports go by it"
        yield line(f"{one.a} is known by {known}{alone}: {rule}", f"{path}.key")
    for group in record.unique:
        same = listing([words.field(record.name, name).text for name in group])
        yield line(f"no two {several} have the same {same} together", f"{path}.unique")
    for field in record.fields.values():
        if field.unique:
            same = words.field(record.name, field.name).text
            yield line(f"no two {several} have the same {same}", field_path(record, field))
    searched = [field for field in record.fields.values() if field.searchable]
    if searched:
        names = listing([words.field(record.name, field.name).the for field in searched])
        paths = [field_path(record, field) for field in searched]
        yield line(f"people search for {one.a} by {names}", *paths)


def _the(words: Vocabulary, record: Record, name: str) -> str:
    return "the technical id" if name == "id" else words.field(record.name, name).the


def _number(record: Record, one: str) -> str:
    number = record.number
    assert number is not None  # noqa: S101  (the caller looked)
    form = number.format.replace("{year}", "<year>")
    digits = counted(number.width, "digit")
    again = ", and begins again each year" if number.yearly else ""
    gaps = "without a gap" if number.gapless else "a gap may be left"
    return (
        f"{one} gets a number in the form {form}: the count has {digits}, starts at "
        f"{number.start}{again}; {gaps}"
    )


def _relations(words: Vocabulary, record: Record) -> Iterator[Line]:
    """What happens to it when what it points to is deleted."""
    for field in record.fields.values():
        if field.type == "record":
            yield line(_fate(words, record, field), f"{field_path(record, field)}.if_deleted")


def _fate(words: Vocabulary, record: Record, field: Field) -> str:
    one, found = words.one(record.name), words.field(record.name, field.name)
    target = words.one(field.record or "").a
    verb = " that it " in found.text
    if field.if_deleted == "refuse":
        held = f"{one.a} {spoken(field.name)} it" if verb else f"it is {found.the} of {one.a}"
        return f"{target} cannot be deleted while {held}"
    if field.if_deleted == "delete_too":
        which = f"that {spoken(field.name)} it" if verb else f"with it as {found.the}"
        return f"when {target} is deleted, each {one.text} {which} is deleted too"
    if field.many:
        return f"when {target} is deleted, it is taken out of {found.the} of {one.a}"
    name = quoted(spoken(field.name)) if verb else found.the
    return f"when {target} is deleted, {name} is left blank in each {one.text} that had it"


def _ending(words: Vocabulary, record: Record) -> Iterator[Line]:
    one, path = words.one(record.name).a, f"records.{record.name}"
    if record.delete != "archive":
        fate = "can never be deleted" if record.delete == "forbid" else "is gone once it is deleted"
        yield line(f"{one} {fate}", f"{path}.delete")
    if record.audit != words.blueprint.audit:
        what = "also who looked at it" if record.audit == "reads" else "but not who looked at it"
        yield line(f"every change to {one} is recorded, {what}", f"{path}.audit")
    keep = record.keep
    if keep is None:
        return
    time = counted(keep.for_.amount, keep.for_.unit)
    after = "it was archived" if keep.after == "archived" else (
        words.field(record.name, keep.after).the)  # fmt: skip
    what = "is erased" if keep.then == "erase" else "loses the names of people in it"
    yield line(f"{one} {what} {time} after {after}{_unless(words, record)}", f"{path}.keep")


def _unless(words: Vocabulary, record: Record) -> str:
    if record.keep is None or record.keep.unless is None:
        return ""
    return f", unless {words.field(record.name, record.keep.unless).the} is yes"


def _history(words: Vocabulary, record: Record) -> Iterator[Line]:
    one, path = words.one(record.name).a, f"records.{record.name}"
    if record.was:
        yield line(f"{one} was called {quoted(spoken(record.was))} before", f"{path}.was")
    if record.retired:
        gone = listing([quoted(spoken(name)) for name in record.retired])
        yield line(f"{one} no longer has {gone}", f"{path}.retired")
