"""What a blueprint means once it is read: short forms expanded, defaults applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scaffold.blueprint import Blueprint, check, load
from scaffold.blueprint.models import Field, Grant, Number, PartOf
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.sections import Budget, Span
from tests.language.small_blueprint import SMALL

EXAMPLES = Path(__file__).parents[2] / "examples"


def _example(name: str) -> Blueprint:
    return load((EXAMPLES / f"{name}.yml").read_bytes(), name)


_JSON = {"a": [1, 2.5, "x", True, None]}
TINY = """\
blueprint: 1
app: Tiny
currency: EUR
data: {data}
roles: {{clerk: Writes}}
records:
  Team: {{fields: {{name: text}}, may: {{clerk: see}}}}
  Line:
    may: {{clerk: see}}
    fields:
      {line}
"""


def _field(line: str, data: str = "internal") -> Field:
    fields = load(TINY.format(line=line, data=data)).records["Line"].fields
    return fields[line.split(":", maxsplit=1)[0]]


def test_a_blueprint_that_says_little_means_the_defaults() -> None:
    small = _example("members_club")
    assert (small.posture, small.audit, small.timezone) == (
        Level.INTERNAL,
        "changes",
        "Europe/Dublin",
    )
    assert (small.identity.staff, small.identity.devices) == ("microsoft", ("own_computer",))
    assert small.support.first.who == "nobody_yet"
    assert small.support.may_be_down == Span(4, "hour")
    assert small.delivery.budget is None
    assert (small.records["User"].fields, small.records["User"].grants) == ({}, ())
    assert (small.records["User"].shown_as, small.records["Member"].shown_as) == ("name", "name")
    assert small.records["Payment"].shown_as == "number"
    assert "identity.staff" not in small.said


def test_what_was_said_is_known() -> None:
    said = load(SMALL).said
    assert {"identity", "identity.staff", "support.first.who", "roles", "records"} <= said
    assert "roles.sales" not in said
    assert load(SMALL).delivery.budget == Budget(200, "month")


def test_short_forms_and_blocks_mean_the_same() -> None:
    assert _field("item: optional text") == _field("item: {is: optional text}")
    assert _field("item: [a, b]") == _field("item: {is: [a, b]}")
    assert replace(_field("item: {is: [a, b], optional: true}"), optional=False) == replace(
        _field("item: [a, b]"), if_deleted="leave_blank"
    )


@pytest.mark.parametrize(
    ("line", "data", "level", "kinds", "sealed", "masked"),
    [
        ("item: text", "internal", "internal", (), False, False),
        ("item: {is: text, data: personal}", "public", "internal", ("personal",), False, False),
        ("item: {is: text, data: health}", "public", "restricted", ("health",), True, True),
        ("item: {is: text, data: secret}", "internal", "restricted", ("secret",), True, True),
        ("item: text", "restricted health", "restricted", ("health",), True, True),
        ("item: {is: text, data: internal}", "restricted health", "internal", (), False, False),
        (
            "item: {is: text, data: personal}",
            "confidential",
            "confidential",
            ("personal",),
            False,
            True,
        ),
        ("item: Team", "restricted", "restricted", (), False, False),
    ],
)
def test_a_label_settles_the_level_of_its_field(
    line: str, data: str, level: str, kinds: tuple[str, ...], sealed: bool, masked: bool
) -> None:
    field = _field(line, data)
    assert (field.level, field.kinds) == (Level(level), tuple(Kind(kind) for kind in kinds))
    assert (field.sealed, field.masked) == (sealed, masked)


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("on: {is: date, default: today}", "default", "today"),
        ("on: {is: date, min: 2027-01-31}", "min", "2027-01-31"),
        ("at: {is: datetime, default: now}", "default", "now"),
        ("took: {is: duration, default: 30 minutes}", "default", "PT30M"),
        ("took: {is: duration, default: P1DT2H}", "default", "P1DT2H"),
        ("price: {is: money, default: 12.50}", "default", "12.50"),
        ("price: {is: money, max: +9}", "max", "9"),
        ("count: {is: integer, default: -3}", "default", -3),
        ("paid: {is: yes_no, default: yes}", "default", True),
        ("who: {is: User, default: me}", "default", "me"),
        ("note: {is: text, default: '5'}", "default", "5"),
        ("raw: {is: json, default: {a: [1, 2.5, x, true, null]}}", "default", _JSON),
        ("size: {is: [s, m], backfill: m}", "backfill", "m"),
        ("code: {is: text, pattern: ' A  B'}", "pattern", " A  B"),
        ("team: Team", "if_deleted", "refuse"),
        ("team: optional Team", "if_deleted", "leave_blank"),
        ("team: many Team", "optional", True),
    ],
)
def test_a_value_has_the_json_type_of_its_field(line: str, attribute: str, value: object) -> None:
    found = getattr(_field(line), attribute)
    assert found == value
    assert type(found) is type(value)


def test_what_is_calculated_is_not_stored_and_so_never_sealed() -> None:
    text = SMALL.replace("data: internal\n", "data: restricted\n").replace(
        "item: text", "item: {is: text, data: internal}"
    )
    text = text.replace("is: money, seen_by", "is: money, data: internal, seen_by")
    text = text.replace("is: integer, min", "is: integer, data: internal, min")
    assert "amount" not in " ".join(fault.message for fault in check(text))


def test_levels_are_ordered() -> None:
    assert Level.PUBLIC < Level.INTERNAL < Level.CONFIDENTIAL < Level.RESTRICTED
    assert max(Level) is Level.RESTRICTED
    assert Level.INTERNAL >= Level.INTERNAL


def test_a_number_says_its_width_its_start_and_whether_it_is_yearly() -> None:
    records = _example("field_service").records
    assert records["Bill"].number == Number("{year}/B-00100", True, 5, 100, True)
    assert records["Household"].number == Number("H-00001", False, 5, 1, False)


def test_a_part_has_its_parent_as_a_field() -> None:
    part = _example("quotes").records["EstimateItem"]
    assert part.part_of == PartOf("Estimate", "items", "estimate")
    assert part.grants == ()


def test_a_grant_has_a_verb_and_a_scope() -> None:
    order = load(SMALL).records["Order"]
    assert order.grants[:3] == (
        Grant("sales", "add"),
        Grant("sales", "see", "own"),
        Grant("sales", "change", "same", "team"),
    )


def test_a_record_has_the_label_and_the_audit_of_the_system_unless_it_says_more() -> None:
    clinic = _example("clinic_intake")
    assert (clinic.records["Intake"].level, clinic.records["Intake"].audit) == (
        "restricted",
        "reads",
    )
    assert clinic.records["Condition"].level is Level.PUBLIC
    assert clinic.records["Condition"].kinds == ()
    assert clinic.kinds == {Kind.HEALTH}


def test_a_move_keeps_everything_it_says() -> None:
    flow = load(SMALL).records["Order"].workflow
    assert flow is not None
    close = flow.moves["close"]
    assert (close.from_, close.to, close.by) == (("open", "sent"), "closed", ("boss",))
    assert (close.not_same_person_as, close.tells) == ("send", ("buyer",))
    assert flow.moves["lapse"].once_past == "due_on"
    assert flow.locked == ("closed",)
