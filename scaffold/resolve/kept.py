"""What a project keeps for ever: the id of a record is its folder and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scaffold.blueprint.models import Blueprint
from scaffold.names import RecordNames, record_names

Applied = Mapping[str, Any] | None


def names_of_records(blueprint: Blueprint, applied: Applied) -> dict[str, RecordNames]:
    """The names of every record; those of the project keep the id that they have there."""
    known = _known(applied)
    found: dict[str, RecordNames] = {}
    for record in blueprint.records.values():
        names = record_names(record.name, record.plural)
        was = record.was if record.was not in blueprint.records else None
        kept = known.get(record.name) or known.get(was or "") or names.id
        found[record.name] = replace(names, id=kept, route=kept.replace("_", "-"))
    return found


def retired_ids(blueprint: Blueprint, applied: Applied) -> dict[str, str]:
    """The ids of the records that are retired, by their names."""
    model = (applied or {}).get("model") or {}
    known = {**dict(model.get("retired") or {}), **_known(applied)}
    return {name: str(known.get(name) or record_names(name).id) for name in blueprint.retired}


def _known(applied: Applied) -> dict[str, str]:
    model = (applied or {}).get("model") or {}
    return {str(record["class"]): str(record["id"]) for record in model.get("records", ())}
