"""From a blueprint to the answers that templates read: facts, and the resolved model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scaffold.blueprint.models import Blueprint
from scaffold.resolve.currencies import with_currencies
from scaffold.resolve.facts import facts
from scaffold.resolve.kept import Applied, names_of_records, retired_ids
from scaffold.resolve.layout import quoted
from scaffold.resolve.not_built import not_built
from scaffold.resolve.records import resolve_records
from scaffold.resolve.registry import registry_imports, retired_lines, role_lines, word_lines
from scaffold.resolve.separation import separation
from scaffold.resolve.telling import telling

SCHEMA_VERSION = 1
"""The shape of the stored model; a newer template reads every older one."""


def resolve(blueprint: Blueprint, applied: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every stored answer, by name, as JSON types; `applied` are those of an existing project."""
    blueprint = with_currencies(blueprint, (applied or {}).get("currencies", ()))
    return {
        **facts(blueprint, applied),
        "model": resolve_model(blueprint, applied),
        "not_built": not_built(blueprint),
    }


def separator_of(blueprint: Blueprint, applied: Applied) -> str | None:
    """The table of the record that separates the customers of the system, as Python writes it."""
    names = names_of_records(blueprint, applied).get(blueprint.separate_by or "")
    return None if names is None else quoted(names.id)


def resolve_model(blueprint: Blueprint, applied: Applied = None) -> dict[str, Any]:
    """Roles and records, and the lines of the files that list them all."""
    records = resolve_records(blueprint, applied)
    retired = retired_ids(blueprint, applied)
    return {
        "version": SCHEMA_VERSION,
        "roles": [{"id": name, "about": about} for name, about in blueprint.roles.items()],
        "role_lines": role_lines(blueprint),
        "records": records,
        "telling": telling(blueprint),
        "word_lines": word_lines(records),
        "retired": retired,
        "retired_lines": retired_lines(retired),
        "separated_by": separator_of(blueprint, applied),
        "separation": separation() if blueprint.separate_by else [],
        "imports": "\n".join(registry_imports(records)),
    }
