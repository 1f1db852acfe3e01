"""Every record of a blueprint, with the fields that it stores and those that it calculates."""

from __future__ import annotations

from scaffold.blueprint.models import Blueprint, Grant, Record
from scaffold.blueprint.paths import currency_path
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.resolve.kept import Applied, names_of_records
from scaffold.resolve.limits import limits_of
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.stored import stored_fields


def resolved_records(blueprint: Blueprint, applied: Applied = None) -> list[Resolved]:
    """Every record of a blueprint, in its order; `applied` are the answers of a project."""
    words = Vocabulary(blueprint)
    others = names_of_records(blueprint, applied)
    found: dict[str, Resolved] = {}
    for name, record in blueprint.records.items():
        found[name] = Resolved(
            record,
            others[name],
            others,
            tuple(stored_fields(record, blueprint.timezone)),
            _grants(record, blueprint),
            words,
            tuple(limits_of(blueprint)) if name == "User" else (),
            found,
            tuple(field for field in record.fields.values() if field.calculated),
            blueprint.separate_by,
            None if record.audit == blueprint.audit else record.audit == "reads",
            currency_path(blueprint, record) or (),
        )
    return list(found.values())


def _grants(record: Record, blueprint: Blueprint) -> tuple[Grant, ...]:
    """What is granted. Where a blueprint says nothing about users, everyone may see them."""
    if record.name == "User" and not record.grants:
        return tuple(Grant(role, "see") for role in blueprint.roles)
    return record.grants
