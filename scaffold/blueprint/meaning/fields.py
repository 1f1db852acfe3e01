"""One field: what it says, settled into the model."""

from __future__ import annotations

from scaffold.blueprint.faults import Path
from scaffold.blueprint.meaning.bounds import check_value, read_bounds, read_pattern
from scaffold.blueprint.meaning.values import read_value
from scaffold.blueprint.models import Field, JsonValue
from scaffold.blueprint.posture import Kind, Level, raised
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.blocks import Said
from scaffold.blueprint.shapes.phrases import Label
from scaffold.blueprint.shapes.plain import Unreadable, text_of
from scaffold.blueprint.shapes.types import FieldType
from scaffold.blueprint.words import MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES

_COUNTED = (*TEXT_TYPES, *NUMBER_TYPES, *MOMENT_TYPES)
_COMPARED = (*_COUNTED, "yes_no", "uuid", "choice")
_GOES_WITH: dict[str, tuple[str, tuple[str, ...]]] = {
    "min": ("text, numbers, dates and times", _COUNTED),
    "max": ("text, numbers, dates and times", _COUNTED),
    "pattern": ("text", TEXT_TYPES),
    "searchable": ("text", TEXT_TYPES),
    "places": ("decimal", ("decimal",)),
    "file_types": ("file", ("file",)),
    "max_mb": ("file", ("file",)),
    "if_deleted": ("a relation to one record", ("record",)),
    "unique": ("values and relations to one record", (*_COMPARED, "record")),
    "find_exact": ("values that can be compared", _COMPARED),
    "default": ("values, not files or lists of records", (*_COMPARED, "json", "record")),
    "backfill": ("values, not files or relations", (*_COMPARED, "json")),
    "example": ("values, not files or relations", (*_COMPARED, "json")),
    "renamed": ("a list of choices", ("choice",)),
    "retired": ("a list of choices", ("choice",)),
    "calculated": ("text, numbers, dates, times and yes_no", (*_COUNTED, "yes_no")),
}
_NOT_CALCULATED = (
    "default",
    "unique",
    "searchable",
    "min",
    "max",
    "pattern",
    "set_by",
    "find_exact",
    "backfill",
)


def type_in_words(type_: FieldType) -> str:
    """The type as a blueprint says it."""
    if type_.name == "choice":
        return "a list of choices"
    return f"many {type_.record}" if type_.many else type_.record or type_.name


def build_field(
    name: str, said: Said, record: tuple[Level, tuple[Kind, ...]], path: Path, report: Report
) -> Field | None:
    """The field, or None if its type cannot be read. `record` is its record's label."""
    type_: FieldType | None = said.get("is")
    if type_ is None:
        return None
    said = _fitting(type_, said, path, report)
    limits = read_bounds(type_, said, path, report)
    limits["places"] = said.get("places")
    limits["pattern"] = read_pattern(type_, said, limits, path, report)
    optional = type_.optional or bool(said.get("optional")) or type_.many
    level, kinds = _settled(said.get("data"), record, path, report)
    default = _value(type_, said, limits, (*path, "default"), report)
    return Field(
        name=name,
        type=type_.name,
        choices=type_.choices,
        record=type_.record,
        many=type_.many,
        optional=optional,
        unique=bool(said.get("unique")),
        searchable=bool(said.get("searchable")),
        default=default,
        has_default="default" in said,
        min=limits.get("min"),
        max=limits.get("max"),
        pattern=limits["pattern"],
        places=said.get("places"),
        file_types=said.get("file_types", ()),
        max_mb=said.get("max_mb"),
        if_deleted=_if_deleted(said, optional, path, report),
        level=level,
        kinds=kinds,
        seen_by=said.get("seen_by", ()),
        set_by=said.get("set_by", ()),
        find_exact=bool(said.get("find_exact")),
        about=said.get("about"),
        example=_value(type_, said, limits, (*path, "example"), report),
        was=said.get("was"),
        backfill=_value(type_, said, limits, (*path, "backfill"), report),
        renamed=tuple(said.get("renamed", {}).items()),
        retired=said.get("retired", ()),
    )


def _fitting(type_: FieldType, said: Said, path: Path, report: Report) -> Said:
    """What it says, without what does not go with its type."""
    kept = dict(said)
    in_words = type_in_words(type_)
    for key in [key for key in said if key in _GOES_WITH]:
        what, types = _GOES_WITH[key]
        if type_.name not in types or (type_.many and key in _GOES_WITH):
            message = f"`{key}` goes with {what}; this field is {in_words}."
            report.add("wrong-for-type", (*path, key), message, f"delete `{key}`", key=True)
            del kept[key]
    for key in _NOT_CALCULATED if "calculated" in kept else ():
        if key in kept:
            message = f"A calculated field has no `{key}`: nobody types its value."
            report.add("calculated", (*path, key), message, f"delete `{key}`", key=True)
            del kept[key]
    if "optional" in kept and type_.name != "choice":
        hint = f"write is: optional {in_words}" if kept["optional"] else "delete it"
        message = "`optional` stands before the type; only choices say it as a key."
        report.add("optional", (*path, "optional"), message, hint, key=True)
    return kept


def _value(type_: FieldType, said: Said, limits: Said, here: Path, report: Report) -> JsonValue:
    """The value of the key that `here` ends with, if it is said and legal."""
    key = str(here[-1])
    if key not in said:
        return None
    if type_.name == "record":
        return _me(type_, said, here, report)
    value = read_value(type_, said[key], here, report, words=key in ("default", "backfill"))
    if isinstance(value, Unreadable):
        return None
    if type_.name == "json":
        return _json(type_, value, here, report)
    check_value(type_, value, limits, here, report)
    return value


def _json(type_: FieldType, value: JsonValue, here: Path, report: Report) -> JsonValue:
    if value is None and not type_.optional:
        message = f"`{here[-1]}` is null, and this field is required."
        report.add("blank", here, message, "write is: optional json, or delete it")
    return value


def _me(type_: FieldType, said: Said, path: Path, report: Report) -> str | None:
    if type_.record == "User" and text_of(said["default"]) == "me":
        return "me"
    message = f"The only default of a relation is `me`, for a User; this is {type_.record}."
    if type_.record == "User":
        message = "The only default of a User is `me`."
    report.add("relation-default", path, message, "write default: me, or delete it")
    return None


def _if_deleted(said: Said, optional: bool, path: Path, report: Report) -> str:
    word: str = said.get("if_deleted", "leave_blank" if optional else "refuse")
    if word == "leave_blank" and not optional:
        message = "`leave_blank` needs an optional relation; this one is required."
        hint = "write is: optional …, or if_deleted: refuse"
        report.add("leave-blank", (*path, "if_deleted"), message, hint)
    return word


def _settled(
    label: Label | None, record: tuple[Level, tuple[Kind, ...]], path: Path, report: Report
) -> tuple[Level, tuple[Kind, ...]]:
    """The level and kinds in effect: what the field says, else what its record has."""
    if label is None:
        return raised(*record), record[1]
    return settle(label, record[0], (*path, "data"), report)


def settle(
    label: Label, outer: Level, path: Path, report: Report
) -> tuple[Level, tuple[Kind, ...]]:
    """The level and kinds of one label; what says no level has the outer one, or more."""
    for kind in label.kinds:
        if label.level is not None and label.level < kind.least:
            message = f"{kind} is at least {kind.least}; {label.level} is less."
            report.add("level-below-kind", path, message, f"write {kind.least} {kind}")
    return raised(label.level or outer, label.kinds), label.kinds
