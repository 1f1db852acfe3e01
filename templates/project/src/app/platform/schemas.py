"""The base classes of what the API takes and gives."""

from __future__ import annotations

from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from app.platform import values as v

Item = TypeVar("Item", bound=BaseModel)
Asked = TypeVar("Asked", bound="Query")

PAGING = frozenset({"limit", "after", "sort"})


class In(BaseModel):
    """What a request carries. A field that nobody declared is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(In):
    """Which page to show."""

    limit: v.PageLimit = 50
    after: v.Id | None = Field(None, description="The `next` of the page before.")


class Query(PageQuery):
    """What a list can be asked for. Every field of a subclass is a filter.

    Words to look for come in a body, because addresses are kept in logs and in browsers.
    """

    sort: str = v.sort("created_at")
    _words: str = PrivateAttr("")


class Search(In):
    """What to look for."""

    words: v.Text = v.text(
        max=100, description="Each begins a word of the row; capitals and accents do not count."
    )


class Find(In):
    """Exact values to find rows by, at least one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})


class Out(BaseModel):
    """A record as the API shows it.

    `hidden_fields` names what is left out here: masked fields, which `unmask` shows and records,
    and those that the caller's roles do not see.
    """

    model_config = ConfigDict(from_attributes=True)

    id: v.Id
    hidden_fields: list[str] = []
    created_at: v.Datetime
    created_by: v.Id | None
    updated_at: v.Datetime
    updated_by: v.Id | None
    archived_at: v.Datetime | None
    version: int


class Page(BaseModel, Generic[Item]):
    """A page of records; `next` is the `after` of the next page, or null at the end."""

    items: list[Item]
    next: v.Id | None


class HistoryItem(BaseModel):
    """One move: who made it, when, from where to where, and what they answered."""

    id: v.Id
    move: v.Plain
    from_stage: v.Plain
    to_stage: v.Plain
    answers: dict[str, str]
    at: v.Datetime
    actor_id: v.Id


class ChangesQuery(PageQuery):
    """Which changes to show."""

    with_masked: v.Flag = Field(
        False, description="Show masked values as well, as `unmask` does; that is recorded."
    )


class ChangedField(BaseModel):
    """A field that changed; where it is `hidden`, its values are not told."""

    field: v.Plain
    hidden: bool
    old: Any
    new: Any


class ChangeItem(BaseModel):
    """One change: who made it, when, and of what; without an actor, not by the application."""

    id: v.Id
    at: v.Datetime
    actor_id: v.Id | None
    operation: v.Plain
    fields: list[ChangedField]


class Added(BaseModel):
    """What somebody who may add a record, but not see it, gets back."""

    id: UUID


def given(data: In) -> dict[str, Any]:
    """Give what adding needs: what was sent, and the fixed defaults of what was not."""
    left_open = {name for name, field in type(data).model_fields.items() if field.default_factory}
    return {
        name: value
        for name, value in data
        if name in data.model_fields_set or name not in left_open
    }


def sent(data: In) -> dict[str, Any]:
    """Give only what the caller wrote."""
    return {name: getattr(data, name) for name in data.model_fields_set}


def looking_for(query: Asked, words: str) -> Asked:
    """Give the same query for rows in which these words are found."""
    narrowed = query.model_copy()
    narrowed._words = words
    return narrowed


def words_in(query: Query) -> str:
    """Give the words that are looked for; they are no attribute, which could be a field's name."""
    return query._words


def filters(query: Query) -> dict[str, Any]:
    """Give the filters that were asked for, such as `{"due_on__gte": date(2026, 3, 31)}`."""
    return {name: value for name, value in sent(query).items() if name not in PAGING}
