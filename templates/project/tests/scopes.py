"""Rows that a scope such as `own` or `same branch` reaches, and rows that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.platform.access import POLICIES, Grant, column_of, target_of
from tests.calling import Caller


def reaching(
    caller: Caller, table: str, through: Sequence[str], owner: str, grant: Grant
) -> dict[str, Any]:
    """Give the values that put a row of a table within a scope of the caller.

    `through` are the relations to the record that the scope speaks of, `owner` its path to a user.
    """
    path = [*through, *(owner.split(".") if grant.own else [grant.same or ""])]
    return set_along(caller, table, path, own=grant.own)


def set_along(caller: Caller, table: str, path: Sequence[str], *, own: bool) -> dict[str, Any]:
    """Give the values of a row from which the path leads to the caller's own value."""
    column = column_of(POLICIES[table].table, path[0])
    if len(path) > 1:
        target = target_of(column).name
        values = set_along(caller, target, path[1:], own=own)
        return {column.name: caller.samples.make(target, **values).id}
    return {column.name: caller.actor.id if own else caller.actor.facts[column.name]}


def inside(
    caller: Caller, row: Any, through: Sequence[str], owner: str, grants: Sequence[Grant]
) -> bool:
    """Whether a row happens to be within one of these scopes."""
    for grant in grants:
        path = [*through, *(owner.split(".") if grant.own else [grant.same or ""])]
        found, last = along(caller, row, path)
        wanted = caller.actor.id if grant.own else caller.actor.facts.get(last)
        if found is not None and found == wanted:
            return True
    return False


def along(caller: Caller, row: Any, path: Sequence[str]) -> tuple[Any, str]:
    """Follow a path of relations from a row; give the value at its end, and its column."""
    column = column_of(row.__table__, path[0])
    value = getattr(row, column.name)
    if len(path) == 1 or value is None:
        return value, column.name
    other = caller.samples.session.get_one(POLICIES[target_of(column).name].entity, value)
    return along(caller, other, path[1:])
