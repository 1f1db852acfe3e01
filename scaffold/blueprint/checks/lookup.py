"""Names that must exist: a role, a record, a field of a record."""

from __future__ import annotations

from collections.abc import Iterable

from scaffold.blueprint.faults import Path, meant, shown
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.paths import Place, known_names
from scaffold.blueprint.report import Report
from scaffold.blueprint.words import PLAIN_TYPES


def need_roles(blueprint: Blueprint, roles: Iterable[str], path: Path, report: Report) -> None:
    """Report every role in the list at `path` that is not among `roles:`."""
    for role in roles:
        if not _is_role(blueprint, role, report):
            report.add("unknown-role", report.item(path, role), *_no_role(role, blueprint))


def need_role_key(blueprint: Blueprint, role: str, path: Path, report: Report) -> bool:
    """Report the role that is the key at `path`, if there is no such role."""
    known = _is_role(blueprint, role, report)
    if not known:
        report.add("unknown-role", path, *_no_role(role, blueprint), key=True)
    return known


def _is_role(blueprint: Blueprint, role: str, report: Report) -> bool:
    """Whether there is such a role, or would be if `roles` had no faults."""
    return role in blueprint.roles or report.blamed("roles") or "roles" not in report.keys(())


def _no_role(role: str, blueprint: Blueprint) -> tuple[str, str | None]:
    return f"There is no role {shown(role)}.", meant(role, blueprint.roles)


def need_record(blueprint: Blueprint, name: str, path: Path, report: Report) -> bool:
    """Report a record that does not exist; True if it does and is readable."""
    if name in blueprint.records:
        return True
    if name in report.names("records"):
        return False
    if name in blueprint.retired:
        report.add("retired-record", path, f"{name} is retired.", "point to another record")
        return False
    records = [*blueprint.records, *report.names("records")]
    hint = meant(name, dict.fromkeys(records))
    if name.lower() in PLAIN_TYPES:
        hint = f"write {name.lower()}"
    report.add("unknown-record", path, f"There is no record {shown(name)}.", hint)
    return False


def field_of(
    blueprint: Blueprint, record: Record, name: str, path: Path, report: Report
) -> Place | None:
    """The field or built-in name of the record, or None after reporting that there is none."""
    known = known_names(blueprint, record)
    if name in known:
        return known[name]
    here: Path = ("records", record.name)
    inner = (("fields", name), (name,), _behind(name))
    unread = not record.fields and report.blamed(*here)
    if not unread and not any(report.blamed(*here, *keys) for keys in inner):
        message = f"{record.name} has no field {shown(name)}."
        report.add("unknown-field", path, message, _hint(name, known))
    return None


def _behind(name: str) -> tuple[str, ...]:
    return ("workflow",) if name == "stage" else ("part_of",)


def _hint(name: str, known: dict[str, Place]) -> str | None:
    if name == "number":
        return "give the record a number: number: Q-{year}-00001"
    return meant(name, known)
