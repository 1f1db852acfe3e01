"""The table of a record as the frozen first migration makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.blueprint.expressions.tree import Clock, FieldPath, walk
from scaffold.blueprint.models import Field, Workflow
from scaffold.names import snake
from scaffold.resolve.columns import (
    Column,
    columns_of,
    history,
    migrated,
    relation,
    stored,
    unique_name,
)
from scaffold.resolve.constraints import TENANT, check_name, checks, fitting
from scaffold.resolve.expressions import replaced
from scaffold.resolve.indexes import indexes
from scaffold.resolve.layout import call, literal, quoted
from scaffold.resolve.resolved import Resolved

Json = dict[str, Any]


def all_columns(item: Resolved) -> list[Column]:
    """Every column of the record, in the order in which it is declared."""
    found: list[Column] = []
    if item.record.part_of is not None:
        found.append(parent_column(item))
    if item.record.number is not None:
        found.append(_number())
    for field in item.columns:
        target = item.others[field.record].id if field.record else None
        apart = item.points_apart(field.record)
        indexed = field.name in item.indexed
        found += columns_of(field, indexed=indexed, target=target, apart=apart)
    if item.record.workflow is not None:
        found.append(_stage(item.record.workflow))
    return found


def parent_column(item: Resolved) -> Column:
    """The column of a part that points to what it belongs to."""
    parent = item.parent or {}
    part = item.record.part_of
    was = item.resolved[part.parent].record.was if part else None
    was = snake(was) if was and snake(was) != parent["field"] else None
    field = Field(parent["field"], "record", record="", if_deleted="delete_too", was=was)
    return relation(field.name, parent["record"], field, apart=item.apart)


def _number() -> Column:
    model = 'number: Mapped[c.Number] = c.field("internal", unique=True)'
    migration = migrated("number", "sa.String()", nullable=False)
    return Column("number", model, migration, unique=True, listed=True, timely=True)


def _stage(workflow: Workflow) -> Column:
    stages = workflow.stages
    choices = call("choices=[", [quoted(stage) for stage in stages], "]", indent=2, after=",")
    renamed = history(Field("stage", "choice", renamed=workflow.renamed))
    arguments = ['"internal"', choices, *renamed]
    return Column(
        name="stage",
        model=call("stage: Mapped[c.Choice] = c.field(", arguments, indent=1),
        migration=migrated("stage", "sa.String(60)", nullable=False),
        checks=tuple(checks("stage", choices=stages)),
        listed=True,
    )


def groups(item: Resolved) -> list[tuple[str, ...]]:
    """The groups of columns that are unique together."""
    by_name = {field.name: stored(field) for field in item.fields}
    if item.record.part_of is not None:
        by_name[item.record.part_of.field] = f"{item.record.part_of.field}_id"
    wanted = [*item.record.unique, *([item.record.key] if item.record.key else [])]
    return list(dict.fromkeys(tuple(by_name.get(name, name) for name in group) for group in wanted))


def table(item: Resolved) -> Json:
    """What the migration creates for the record: lines that are printed as they stand."""
    columns, name = all_columns(item), item.names.id
    uniques = [(column.name,) for column in columns if column.unique] + groups(item)
    apart = item.apart
    links = [link(item, field) for field in item.many]
    return {
        "base": "record_columns(apart=True)" if apart else "record_columns()",
        "kept_apart": [name, *(found["table"] for found in links)] if apart else [],
        "columns": [column.migration for column in columns],
        "constraints": [
            *[call("sa.UniqueConstraint(", _whole_key(name), "),", indent=2)] * apart,
            *(_check(label, sql) for column in columns for label, sql in column.checks),
            *(_unique(name, group, apart=apart) for group in dict.fromkeys(uniques)),
            *(_check(label, sql) for label, sql in dict.fromkeys(own_checks(item))),
        ],
        "indexes": list(indexes(name, columns, apart=apart)),
        "relations": [
            _relation(name, column.name, column.target, column.on_delete, apart=column.apart)
            for column in columns
            if column.target
        ]
        + [_relation(name, "id", "platform_principals", "", apart=apart)] * item.is_user,
        "links": links,
        "drop": _drop(name),
    }


def own_checks(item: Resolved) -> Iterator[tuple[str, str]]:
    """The checks that the own columns answer, as `platform.constraints` makes them."""
    for check in item.record.checks:
        nodes = list(walk(check.expression.root))
        fields = [item.record.fields.get(n.steps[-1]) for n in nodes if isinstance(n, FieldPath)]
        hidden = any(field and (field.sealed or field.calculated) for field in fields)
        if not hidden and not any(isinstance(node, Clock) for node in nodes):
            said = item.as_sql(check.expression)
            sql = replaced(said, lambda name: f'"{_column(item, name)}"')
            yield check_name("check", sql), sql


def _column(item: Resolved, name: str) -> str:
    part = item.record.part_of
    return f"{name}_id" if part and part.field == name else item.attribute(name)


def _drop(name: str) -> str:
    return quoted(f'DROP TABLE "{name}" CASCADE')


def link(item: Resolved, field: Field) -> Json:
    """The link table of a relation to any number of rows."""
    target = item.others[field.record or ""].id
    name = fitting(item.names.id, field.name)
    made = [quoted(name), quoted(item.names.id), quoted(field.name), *["apart=True"] * item.apart]
    return {
        "table": name,
        "make": call("make_link(", made, indent=1),
        "drop": _drop(name),
        "relations": [
            _relation(name, "row_id", item.names.id, "CASCADE", apart=item.apart),
            _relation(name, "target_id", target, "CASCADE", apart=item.points_apart(field.record)),
        ],
    }


def _whole_key(name: str) -> list[str]:
    """What others point to: a row, and whose it is."""
    return [quoted(TENANT), '"id"', f"name={quoted(fitting('uq', name, TENANT))}"]


def _check(name: str, sql: str) -> str:
    return call("check(", [quoted(name), quoted(sql)], "),", indent=2)


def _unique(table_name: str, columns: tuple[str, ...], *, apart: bool) -> str:
    among = [quoted(TENANT)] * apart
    named = f"name={quoted(unique_name(table_name, columns))}"
    arguments = [*among, *map(quoted, columns), named]
    return call("sa.UniqueConstraint(", arguments, "),", indent=2)


def _relation(
    table_name: str, column: str, target: str, on_delete: str, *, apart: bool = False
) -> str:
    """A foreign key; with `apart`, it names the customer too, and leaves that alone."""
    names = [quoted(f"fk_{column}"), quoted(table_name), quoted(target)]
    among = [TENANT] * apart
    arguments = [*names, literal([*among, column], indent=2), literal([*among, "id"], indent=2)]
    if apart and on_delete == "SET NULL":
        on_delete = f"SET NULL ({column})"
    arguments += [f"ondelete={quoted(on_delete)}"] * bool(on_delete)
    return call("op.create_foreign_key(", arguments, indent=1)
