"""Every fact of a blueprint, changed one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scaffold.blueprint.expressions.tree import Expression, Literal
from scaffold.blueprint.models import Blueprint, Field, Grant, Move, PartOf, Record
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.sections import Budget

NO_FACTS = {
    (Blueprint, "text"),  # its source
    (Blueprint, "said"),
    (Blueprint, "intended"),  # answers to questions, not sentences
    (Record, "intended"),
    (Record, "name"),  # said by the key in `records`; the same holds for fields and moves
    (Field, "name"),
    (Move, "name"),
    (PartOf, "field"),  # follows from the parent
}
OTHER_WORDS = {
    "staff": ("okta", "none"),
    "customers": ("passkey", "none"),
    "sign_up": ("invited", "open"),
    "software": ("keys", "none"),
    "who": ("partner", "founder"),
    "hours": ("always", "business"),
    "after_hours": ("wait", "everyone_stuck"),
    "ci": ("azure", "github"),
    "run_on": ("compose", "container_apps"),
    "type": ("url", "integer"),
    "if_deleted": ("leave_blank", "refuse"),
    "audit": ("reads", "changes"),
    "delete": ("erase", "forbid"),
    "then": ("remove_names", "erase"),
    "unit": ("year", "minute"),
    "per": ("year", "month"),
    "verb": ("export", "archive"),
}
WHEN_MISSING: dict[str, Any] = {
    "min": 7,
    "max": 7,
    "places": 3,
    "max_mb": 9,
    "default": 7,
    "example": 7,
    "backfill": 7,
    "record": None,
    "budget": Budget(5, "year"),
}
NOT_MADE = {
    "calculated",
    "if_",
    "number",
    "part_of",
    "workflow",
    "link",
    "keep",
    "why_build",
    "checks",
    "grants",
    "moves",
    "renamed",
}
SETS = {"devices": "shared", "kinds": Kind.HEALTH}


def mutations(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Pairs of a dotted path and the node with the fact there changed."""
    if isinstance(node, dict):
        for key, value in node.items():
            for where, changed in mutations(value, f"{path}.{key}"):
                yield where, node | {key: changed}
        return
    if isinstance(node, tuple):
        yield from _of_tuple(node, path)
        return
    if is_dataclass(node) and not isinstance(node, type | Expression):
        for item in fields(node):
            if (type(node), item.name) not in NO_FACTS and _counts(node, item.name):
                yield from _of_attribute(node, item.name, f"{path}.{item.name}".strip("."))
        return
    yield path, _other(path.rsplit(".", maxsplit=1)[-1], node)


def _counts(node: Any, name: str) -> bool:
    """Whether the attribute says anything, as the others stand."""
    if isinstance(node, Field):
        return _counts_in_field(node, name)
    if isinstance(node, Move) and name == "only_owner":
        return bool(node.by)
    if name in NOT_MADE:
        return bool(getattr(node, name))
    return not (isinstance(node, Grant) and name in ("scope", "same") and node.scope != "same")


def _counts_in_field(field: Field, name: str) -> bool:
    relation = field.type == "record"
    needs = {
        "record": relation,
        "many": relation,
        "if_deleted": relation and not field.many,
        "choices": field.type == "choice",
        "renamed": bool(field.renamed),
        "retired": field.type == "choice",
        "type": field.type not in ("record", "choice"),
        "calculated": field.calculated is not None,
        "default": field.has_default,
    }
    return needs.get(name, True)


def _of_attribute(node: Any, name: str, path: str) -> Iterator[tuple[str, Any]]:
    value = getattr(node, name)
    if value is None:
        if not isinstance(node, Grant):
            yield path, replace(node, **{name: WHEN_MISSING.get(name, "something_else")})
    elif name == "scope":
        yield path, replace(node, scope=None)
    elif isinstance(value, tuple | frozenset) and not _of_blocks(value):
        other = SETS.get(name, "something_else")
        changed = [item for item in value if item != other]
        changed = changed if len(changed) < len(value) else [*value, other]
        yield path, replace(node, **{name: type(value)(changed)})
    elif isinstance(value, dict | tuple) or (is_dataclass(value)):
        for where, changed in mutations(value, path):
            yield where, replace(node, **{name: changed})
    else:
        yield path, replace(node, **{name: _other(name, value)})


def _of_blocks(value: Any) -> bool:
    return any(is_dataclass(item) or isinstance(item, tuple) for item in value)


def _of_tuple(node: tuple[Any, ...], path: str) -> Iterator[tuple[str, Any]]:
    for place, item in enumerate(node):
        yield f"{path}[{place}]", (*node[:place], *node[place + 1 :])
        if is_dataclass(item):
            for where, changed in mutations(item, f"{path}[{place}]"):
                yield where, (*node[:place], changed, *node[place + 1 :])


def _other(name: str, value: Any) -> Any:
    if isinstance(value, Expression):
        return Expression("999", Literal(999, "integer"))
    if isinstance(value, Level):
        return Level.RESTRICTED if value is Level.PUBLIC else Level.PUBLIC
    if isinstance(value, int):
        return not value if isinstance(value, bool) else value + 1
    first, second = OTHER_WORDS.get(name, ("something_else", "another"))
    return second if value == first else first
