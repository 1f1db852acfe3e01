"""Points in time and days against their bounds, as the clocks of the system tell them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scaffold.blueprint.faults import Path
from scaffold.blueprint.meaning.bounds import outside
from scaffold.blueprint.meaning.values import DEFAULT_WORDS
from scaffold.blueprint.models import Blueprint, Field, JsonValue, Record
from scaffold.blueprint.report import Report


def check_moments(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every date and point in time of a record whose field has bounds."""
    for field in record.fields.values():
        if field.type not in DEFAULT_WORDS or (field.min is None and field.max is None):
            continue
        path: Path = ("records", record.name, "fields", field.name)
        if field.type == "datetime":
            _datetime(field, blueprint.timezone, path, report)
        _clock(field, blueprint.timezone, path, report)


def _datetime(field: Field, zone: str, path: Path, report: Report) -> None:
    low, high = _instant(field.min, zone), _instant(field.max, zone)
    if low is not None and high is not None and low > high:
        message = f"`min` is at most `max`; {field.min} is more than {field.max}."
        report.add("min-over-max", (*path, "min"), message, "exchange the two")
        return
    for key in ("default", "example", "backfill"):
        text = getattr(field, key)
        value = None if text == DEFAULT_WORDS["datetime"] else _instant(text, zone)
        if value is None:
            continue
        if (low is not None and value < low) or (high is not None and value > high):
            outside(key, (field.min, field.max), str(text), (*path, key), report)


def _clock(field: Field, zone: str, path: Path, report: Report) -> None:
    """The default `today`, which moves on: out of a last day, and not yet to a first one."""
    if field.default != DEFAULT_WORDS[field.type]:
        return
    if field.max is not None:
        message = f"`{field.default}` moves on, and passes the `max` {field.max} one day."
        hint = "delete `max` or the default, or write a check that compares with another date"
        report.add("clock-default", (*path, "default"), message, hint)
    elif _begins_later(field, zone):
        message = f"`{field.default}` is before the `min` {field.min}."
        report.add("clock-default", (*path, "default"), message, "delete `min` or the default")


def _begins_later(field: Field, zone: str) -> bool:
    if field.type == "date":
        return date.fromisoformat(str(field.min)) > date.today()
    low = _instant(field.min, zone)
    return low is not None and low > datetime.now(UTC)


def _instant(text: JsonValue, zone: str) -> datetime | None:
    """A point in time; one without an offset is meant in the time zone of the system."""
    if not isinstance(text, str):
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_known(zone))
    return moment.astimezone(UTC)


def _known(zone: str) -> ZoneInfo:
    """The time zone; UTC for one that does not exist, which has a fault of its own."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
