"""Searching: rows are found by how words in their searchable fields begin, and by their number.

How texts fall into words is said once, by `platform_words` in the database, and an index holds
them. A field that somebody does not see is not searched for them: what is found tells what is in
it. Masked fields are searched for those who may unmask the row, and that is recorded.

How rare a word is, PostgreSQL cannot tell: it would walk through all rows in their order to find
one that two of them hold. So the index is asked first, and only what many rows hold is looked for
along the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Uuid,
    and_,
    any_,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from app.platform.access import Policy
from app.platform.db import Entity, Session
from app.platform.errors import Forbidden
from app.platform.identity.actor import Actor
from app.platform.readings import record_reading
from app.platform.views import unmaskable
from app.platform.work import UnitOfWork

FEW = 2000
"""So many rows are put in order faster than they are met by walking along one."""


def searched(policy: Policy, actor: Actor) -> list[str]:
    """Give the fields in which words are looked for on behalf of the actor.

    Raises Forbidden where there are none.
    """
    hidden = policy.hidden_from(actor)
    if not policy.granted(actor, "unmask"):
        hidden |= policy.masked
    names = [column.name for column in policy.table.c if column.info.get("searchable")]
    seen = [name for name in names if name not in hidden]
    if not seen:
        raise Forbidden("Your roles see none of the fields that are searched here.")
    return seen


def found(policy: Policy, actor: Actor, words: str) -> list[ColumnElement[bool]]:
    """Give the conditions that a row fulfils in which each of the words begins a word.

    A word may be the row's number too, such as V-2026-00003, the whole of it. Signs alone are no
    words; where there are no others, no row is found. Raises Forbidden where the actor sees no
    field that is searched.
    """
    fields = searched(policy, actor)
    wanted = [word for word in words.split() if any(map(str.isalnum, word))]
    if not wanted:
        return [false()]
    return [or_(*_places(policy, actor, fields, word)) for word in wanted]


def few(
    session: Session, policy: Policy, sought: list[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Give the conditions as a list of the rows that fulfil them, where these are few."""
    key = policy.table.c.id
    ids = session.scalars(select(key).where(*sought).limit(FEW + 1)).all()
    return sought if len(ids) > FEW else [key == any_(literal(ids, ARRAY(Uuid)))]


def _places(
    policy: Policy, actor: Actor, fields: Sequence[str], word: str
) -> Iterator[ColumnElement[bool]]:
    """Give a condition for each field that the word may be found in, and one for the number."""
    number = policy.table.c.get("number", null())
    yield number.in_([word, word.upper()])
    for name in fields:
        words = func.platform_words(policy.table.c[name])
        holds: ColumnElement[bool] = words.bool_op("@@")(func.platform_wanted(word))
        yield and_(holds, policy.rows(actor, "unmask")) if name in policy.masked else holds


def record_search(work: UnitOfWork, policy: Policy, rows: Sequence[Entity]) -> None:
    """Note which rows masked fields have told of, to whom: those that the actor may unmask."""
    masked = policy.masked & set(searched(policy, work.actor))
    told = unmaskable(work, rows) if rows and masked else []
    if told:
        record_reading(work, told, sorted(masked), "search")
