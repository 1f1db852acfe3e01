"""Names that are taken, too long, or the same as another."""

from __future__ import annotations

from scaffold.blueprint.faults import Path
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.paths import built_in, parts_of
from scaffold.blueprint.report import Report
from scaffold.names import (
    LONGEST_NAME,
    WORD,
    RecordNames,
    field_taken,
    fits_sql,
    move_taken,
    plural_taken,
    record_names,
    record_taken,
    relation_taken,
)


def names_of(record: Record) -> RecordNames:
    """All names of a record of a blueprint."""
    return record_names(record.name, record.plural)


def check_names(blueprint: Blueprint, report: Report) -> None:
    """Two records must not have one folder, table or route."""
    seen: dict[str, str] = {}
    for name in blueprint.records:
        names = names_of(blueprint.records[name])
        path: Path = ("records", name)
        for taken in {names.id, names.singular}:
            other = seen.get(taken)
            if other is not None:
                at = f"{names.route}" if taken == names.id else f"{taken}"
                message = f"{name} and {other} would both be called `{at}`."
                hint = "rename one of them, or say its plural: plural: …"
                report.add("same-name", path, message, hint, key=True)
                break
        seen.setdefault(names.id, name)
        seen.setdefault(names.singular, name)


def check_record_names(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every name in one record."""
    path: Path = ("records", record.name)
    if record.name != "User":
        _record_name(record, path, report)
    _field_names(blueprint, record, path, report)
    _collections(blueprint, record, path, report)
    for move in record.workflow.moves if record.workflow else ():
        if move_taken(move):
            message = f"Every record already has the action `{move}`; a move needs another name."
            here = (*path, "workflow", "moves", move)
            report.add("reserved", here, message, "say what it means here: withdraw", key=True)
    _questions(record, path, report)


def _questions(record: Record, path: Path, report: Report) -> None:
    for move in record.workflow.moves.values() if record.workflow else ():
        for question in move.asks:
            user = field_taken(question)
            if user is not None:
                here = report.item((*path, "workflow", "moves", move.name, "asks"), question)
                message = f"`{question}` is a name that {user} uses."
                report.add("reserved", here, message, f"say which one: {move.name}_{question}")


def _record_name(record: Record, path: Path, report: Report) -> None:
    names = names_of(record)
    if record.plural is not None and not WORD.fullmatch(names.id):
        message = f"A plural is words in small letters; not '{record.plural}'."
        report.add("plural", (*path, "plural"), message, "write plural: parts used")
        return
    user, other = record_taken(record.name), plural_taken(names.id)
    if user is None and other is not None and record.plural is not None:
        message = f"`{record.plural}` is a name that {other} uses itself."
        hint = f"say which ones: plural: {names.singular.replace('_', ' ')} items"
        report.add("reserved", (*path, "plural"), message, hint)
    elif user or other:
        message = f"`{record.name}` is a name that {user or other} uses itself."
        hint = f"say which one: Work{record.name}"
        report.add("reserved", path, message, hint, key=True)
    elif names.id == names.singular:
        message = f"One {record.name} and many have the same name, `{names.id}`."
        hint = f"say the plural: plural: {names.singular.replace('_', ' ')} items"
        report.add("plural", path, message, hint, key=True)
    elif len(names.id) > LONGEST_NAME:
        message = (
            f"The plural of {record.name} has {len(names.id)} letters, at most {LONGEST_NAME}."
        )
        report.add("too-long", path, message, "say a shorter plural: plural: …", key=True)


def _field_names(blueprint: Blueprint, record: Record, path: Path, report: Report) -> None:
    own = built_in(blueprint, record)
    names = names_of(record)
    for field in record.fields.values():
        here = (*path, "fields", field.name)
        single = field.type == "record" and not field.many
        user = relation_taken(field.name) if single else field_taken(field.name)
        if field.name in own:
            message = f"{record.name} already has `{field.name}`; it is built in."
            report.add("built-in", here, message, "delete it, or choose another name", key=True)
        elif user is not None:
            message = f"`{field.name}` is a name that {user} uses."
            hint = f"say which one: {names.singular[:20]}_{field.name}"
            report.add("reserved", here, message, hint, key=True)
        elif field.name.removesuffix("_id") in own and field.name.endswith("_id"):
            relation = field.name.removesuffix("_id")
            message = f"The relation `{relation}` is stored as `{field.name}`, also a field."
            report.add("same-name", here, message, "rename the field", key=True)
        elif not fits_sql(names.id, field.name):
            message = f"`{names.id}` and `{field.name}` together are too long for PostgreSQL."
            report.add("too-long", here, message, "shorten the field, or the plural", key=True)
        elif field.type == "record" and f"{field.name}_id" in record.fields:
            message = f"The relation `{field.name}` is stored as `{field.name}_id`, also a field."
            report.add("same-name", here, message, "rename one of them", key=True)


def _collections(blueprint: Blueprint, record: Record, path: Path, report: Report) -> None:
    if record.part_of is not None:
        name = record.part_of.field
        user = relation_taken(name)
        if user:
            message = f"The field `{name}` that part_of makes is a name that {user} uses."
            report.add("reserved", (*path, "part_of"), message, "rename the parent")
        parent = blueprint.records.get(record.part_of.parent)
        siblings = parts_of(blueprint, record.part_of.parent)
        if siblings.get(record.part_of.collection, record) is not record:
            message = (
                f"{record.part_of.parent} already has parts called `{record.part_of.collection}`."
            )
            report.add("same-name", (*path, "part_of"), message, "choose another name after `as`")
        elif parent is not None:
            _collection(parent, record.part_of.collection, (*path, "part_of"), report)


def _collection(parent: Record, name: str, path: Path, report: Report) -> None:
    moves = parent.workflow.moves if parent.workflow else {}
    what = "a field" if name in parent.fields else "a move" if name in moves else None
    user = field_taken(name) or move_taken(name)
    if what is not None:
        message = f"{parent.name} has {what} called `{name}`; its parts need another name."
        report.add("same-name", path, message, "choose another name after `as`")
    elif user is not None:
        message = f"`{name}` is a name that {user} uses."
        report.add("reserved", path, message, "choose another name after `as`")
