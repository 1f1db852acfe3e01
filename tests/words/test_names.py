"""One noun gives every name, and names that are taken are known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scaffold.names import (
    field_taken,
    fits_sql,
    move_taken,
    plural_id,
    plural_taken,
    python_name,
    record_names,
    record_taken,
    relation_taken,
)

NOUNS = """
    Job           -                 jobs             job          jobs             Job/Jobs
    PartUsed      parts-used        parts_used       part_used    parts-used       Part.used/Parts.used
    Allergy       -                 allergies        allergy      allergies        Allergy/Allergies
    QuoteLine     -                 quote_lines      quote_line   quote-lines      Quote.line/Quote.lines
    Person        -                 people           person       people           Person/People
    Address       -                 addresses        address      addresses        Address/Addresses
    SLAPolicy     -                 sla_policies     sla_policy   sla-policies     Sla.policy/Sla.policies
    Equipment     Equipment-Items   equipment_items  equipment    equipment-items  Equipment/Equipment.items
    Form1099      -                 form1099s        form1099     form1099s        Form1099/Form1099s
"""  # noqa: E501


@pytest.mark.parametrize("line", NOUNS.strip().splitlines())
def test_a_noun_gives_every_name(line: str) -> None:
    name, plural, id_, singular, route, labels = line.split()
    names = record_names(name, None if plural == "-" else plural)
    label, plural_label = labels.replace(".", " ").split("/")
    assert (names.class_name, names.id, names.singular) == (name, id_, singular)
    assert (names.route, names.label, names.plural_label) == (route, label, plural_label)


def test_a_plural_is_written_as_people_write_it() -> None:
    assert plural_id("parts used") == plural_id("Parts-used") == "parts_used"


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("class", "Python"),
        ("l", "Python"),
        ("c", "the generated project"),
        ("hidden_fields", "every record"),
        ("metadata", "SQLAlchemy"),
        ("json", "Pydantic"),
        ("model_fields", "Pydantic"),
        ("model_dump_all", "Pydantic"),
        ("id", "every record"),
        ("created_at", "every record"),
        ("unless", "the blueprint language"),
        ("model_year", None),
        ("date", None),
        ("limit", None),
        ("model", None),
        ("due_on", None),
        ("order", None),
        ("select", None),
    ],
)
def test_a_field_may_have_any_name_that_is_free(name: str, user: str | None) -> None:
    assert field_taken(name) == user


def test_a_relation_may_have_a_name_of_python_because_it_is_stored_with_id() -> None:
    assert relation_taken("class") is None
    assert relation_taken("stage") == "every record"


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("Entity", "the generated project"),
        ("UnitOfWork", "the generated project"),
        ("PlatformThing", "the generated project"),
        ("Return", None),
        ("None", "Python"),
        ("Job", None),
        ("Order", None),
        ("Table", None),
        ("Session", None),
        ("Service", None),
        ("Policy", None),
        ("Request", None),
        ("Reading", None),
        ("Work", None),
    ],
)
def test_a_record_may_have_any_name_that_is_free(name: str, user: str | None) -> None:
    assert (record_taken(name) or plural_taken(record_names(name).id)) == user


def test_no_record_can_have_a_folder_that_windows_does_not_make() -> None:
    assert plural_taken("aux") == "Windows"
    assert plural_taken("auxiliaries") is None


@pytest.mark.parametrize("folder", ["build", "dist", "node_modules", "venv"])
def test_no_record_can_have_a_folder_that_tools_pass_by(folder: str) -> None:
    assert plural_taken(folder) == "a tool that looks through code"
    assert plural_taken(f"{folder}s") is None


@pytest.mark.parametrize(
    "table",
    [
        *("pg_roles", "pk_jobs", "ix_platform_x", "uq_platform_x"),
        *("procrastinate_jobs", "idx_procrastinate_workers_last_heartbeat"),
    ],
)
def test_no_record_can_take_a_name_of_the_database(table: str) -> None:
    assert plural_taken(table) == "PostgreSQL"
    assert plural_taken(f"a_{table}") is None


def test_the_path_of_signing_in_is_no_records() -> None:
    assert plural_taken("session") == "the generated project"
    assert plural_taken("sessions") is None


def test_no_record_can_take_a_table_of_the_platform() -> None:
    platform = Path(__file__).parents[2] / "templates" / "project" / "src" / "app" / "platform"
    files = [*platform.rglob("*.py"), *platform.rglob("*.py.jinja")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    tables = re.findall(r'__tablename__ = "([a-z_]+)"', text)
    assert tables
    assert [table for table in tables if plural_taken(table) is None] == []


def test_a_move_may_be_a_keyword_but_not_an_action_of_every_record() -> None:
    assert move_taken("return") is None
    assert move_taken("archive") == "every record"
    assert python_name("return") == "return_"
    assert python_name("accept") == "accept"


def test_a_table_and_a_column_fit_the_63_bytes_of_postgresql() -> None:
    assert fits_sql("jobs", "site")
    assert fits_sql("t" * 20, "c" * 34)
    assert not fits_sql("t" * 20, "c" * 35)
