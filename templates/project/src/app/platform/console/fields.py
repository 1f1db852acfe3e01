"""The fields of a record as people see them: label, kind, help, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.platform import schemas
from app.platform import values as v
from app.platform.access import Policy, target_of
from app.platform.console import kinds
from app.platform.console.kinds import KINDS, Kind
from app.platform.console.words import Words, label
from app.platform.identity.actor import Actor
from app.platform.references import links_of

MULTILINE = 500
"""Texts that may be longer than this are typed into several lines."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. `target` is the table that it points to, if it does."""

    name: str
    label: str
    kind: Kind
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    target: str | None = None
    longest: int | None = None
    accept: str = ""


def fields_of(
    policy: Policy, schema: type[BaseModel], words: Words, *, strict: bool = False
) -> tuple[Field, ...]:
    """Give the fields of a schema in its order, without those that every record has.

    Where it is `strict`, what cannot be empty is required, though it may be left out.
    """
    return tuple(_field(policy, schema, name, words, strict=strict) for name in own_names(schema))


@lru_cache(maxsize=512)
def own_names(schema: type[BaseModel]) -> tuple[str, ...]:
    """Give the fields that the classes of a record declare, the system's own left out."""
    known = (kind for kind in schema.__mro__ if kind.__module__ == schemas.__name__)
    base: type[BaseModel] = next(known)
    return tuple(name for name in schema.model_fields if name not in base.model_fields)


def _field(
    policy: Policy, schema: type[BaseModel], name: str, words: Words, *, strict: bool
) -> Field:
    info, said = schema.model_fields[name], hints_of(schema)[name]
    hint, optional = plain(said), type(None) in get_args(said)
    column: Any = policy.table.columns.get(name)
    kind = _kind(hint, column, info)
    about = words.fields.get(name.removesuffix("_id"), words.fields.get(name, ""))
    types = column.info["file_types"] if kind is kinds.FILE else ()
    files = f"{', '.join(types)}; at most {column.info['max_mb']} MB" if types else ""
    return Field(
        name=name,
        label=label(name),
        kind=kind,
        required=info.is_required() or (strict and not optional and hint != v.Ids),
        help=". ".join(part for part in (about, kind.hint, files) if part),
        choices=tuple(get_args(hint)) if get_origin(hint) is Literal else (),
        target=_target(policy, name, column),
        longest=_longest(info),
        accept=",".join(f".{one}" for one in types),
    )


@lru_cache(maxsize=512)
def hints_of(schema: type[BaseModel]) -> dict[str, Any]:
    """Give the types of a schema's fields, with what is noted to them."""
    return get_type_hints(schema, include_extras=True)


def words_of(policy: Policy, actor: Actor) -> list[str]:
    """Give the fields in which words are looked for on behalf of the actor, and `number` after them."""
    unseen = policy.kept_back(actor)
    found = [column.name for column in policy.table.columns if column.info.get("searchable")]
    seen = [name for name in found if name not in unseen]
    return [*seen, *({"number"} & {*policy.table.columns.keys()})] if seen else []


def plain(hint: Any) -> Any:
    """Give a type without None."""
    inner = [part for part in get_args(hint) if part is not type(None)]
    return inner[0] if type(None) in get_args(hint) else hint


def _kind(hint: Any, column: Any, info: FieldInfo) -> Kind:
    if get_origin(hint) is Literal:
        return kinds.CHOICE
    if column is not None and "file_types" in column.info:
        return kinds.FILE
    kind = KINDS.get(hint, kinds.RECORD)
    return kinds.LONG if kind is kinds.TEXT and (_longest(info) or 0) > MULTILINE else kind


def _target(policy: Policy, name: str, column: Any) -> str | None:
    if column is not None and column.foreign_keys:
        return target_of(column).name
    links = links_of(policy.entity)
    return links[name].name if name in links else None


def _longest(info: FieldInfo) -> int | None:
    return next((mark.max_length for mark in info.metadata if hasattr(mark, "max_length")), None)
