"""Records as templates read them: facts for the documents, finished lines for the code."""

from __future__ import annotations

from typing import Any

from scaffold.blueprint.models import Blueprint, Field
from scaffold.resolve.code import import_blocks, models, policy, routes, schemas, service, tests
from scaffold.resolve.gathering import resolved_records
from scaffold.resolve.kept import Applied
from scaffold.resolve.layout import docstring
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.said import said
from scaffold.resolve.tables import table
from scaffold.resolve.values import attribute


def resolve_records(blueprint: Blueprint, applied: Applied = None) -> list[dict[str, Any]]:
    """Every record, in the blueprint's order, as JSON."""
    return [as_json(item) for item in resolved_records(blueprint, applied)]


def as_json(item: Resolved) -> dict[str, Any]:
    """One record: names and facts, and under `code` and `table` what templates print as it is."""
    names, record = item.names, item.record
    return {
        "id": names.id,
        "class": names.class_name,
        "singular": names.singular,
        "route": names.route,
        "path": item.path,
        "label": names.label.lower(),
        "labels": names.plural_label.lower(),
        "article": "an" if names.label[0].lower() in "aeiou" else "a",
        "about": record.about or f"{names.label}.",
        "docstring": docstring(record.about or f"{names.label}.", indent=1),
        "steward": record.steward,
        "shown_as": item.shown_as,
        "is_user": item.is_user,
        "delete": record.delete,
        "owner": record.owner,
        "number": record.number.format if record.number else None,
        "part_of": item.parent,
        "masked": item.masked,
        "findable": item.findable,
        "grants": [
            {"role": g.role, "verb": g.verb, "scope": g.scope, "same": g.same} for g in item.grants
        ],
        "allowed": allowed(item),
        "stages": list(record.workflow.stages) if record.workflow else [],
        "moves": item.moves,
        "said": said(item),
        "keep": item.keep,
        "fields": [fact(item, field) for field in (*item.fields, *item.calculated)],
        "code": {
            "imports": import_blocks(item),
            "routes": routes(item),
            "models": models(item),
            "schemas": schemas(item),
            "policy": policy(item),
            "service": service(item),
            "tests": tests(item),
        },
        "table": table(item),
    }


def fact(item: Resolved, field: Field) -> dict[str, Any]:
    """What the documents say about a field."""
    return {
        "name": field.name,
        "attribute": attribute(field),
        "type": field.type,
        "target": item.others[field.record].id if field.record else None,
        "many": field.many,
        "optional": field.optional,
        "unique": field.unique,
        "holds": _holds(item, field),
        "level": field.level.value,
        "handled": _handled(field),
        "kinds": [kind.value for kind in field.kinds],
        "sealed": field.sealed,
        "masked": field.masked,
        "seen_by": list(field.seen_by),
        "set_by": list(field.set_by),
        "choices": list(field.choices),
        "calculated": field.calculated.text if field.calculated else None,
        "about": field.about,
    }


def allowed(item: Resolved) -> list[str]:
    """Who may do what, one role a line, for the documents."""
    if item.parent is not None:
        return [f"As on the {item.parent['label']} it is part of."]
    roles = dict.fromkeys(grant.role for grant in item.grants)
    lines = [f"{role}: {', '.join(_granted(item, role))}" for role in roles]
    return lines or ["Nobody."]


def _granted(item: Resolved, role: str) -> list[str]:
    return [
        " ".join(filter(None, (grant.verb, grant.scope, grant.same)))
        for grant in item.grants
        if grant.role == role
    ]


def _holds(item: Resolved, field: Field) -> str:
    """The type of a field in words."""
    what = item.others[field.record].id if field.record else field.type.replace("_", " ")
    return f"several {what}" if field.many else what


def _handled(field: Field) -> str:
    """What is done to a field, in words."""
    also = ["sealed"] * field.sealed + ["masked"] * field.masked
    return ", ".join([field.level.value, *also])
