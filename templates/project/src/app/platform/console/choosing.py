"""What a form offers to point to: rows that the actor may see, found by words where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError

from app.platform.console.fields import Field, words_of
from app.platform.console.names import names_by_id, names_of
from app.platform.console.screens import SCREENS
from app.platform.console.typed import Typed
from app.platform.console.words import counted, label, listed
from app.platform.identity.holding import roles_of
from app.platform.schemas import Search, looking_for
from app.platform.work import UnitOfWork

PEOPLE = "users"
MOST = 100
ON_A_PAGE = 500
"""How many are offered for all fields of a form together, so that its page stays small."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one field may point to, by id and name; `more` says that there is more to be found."""

    found: Sequence[tuple[str, str]]
    more: bool
    by_words: bool


def options_of(work: UnitOfWork, fields: Iterable[Field], typed: Typed) -> dict[str, Options]:
    """Give what each field of a form that points somewhere may point to."""
    pointing = [field for field in fields if field.target is not None]
    most = min(MOST, max(10, ON_A_PAGE // max(1, len(pointing))))
    return {
        field.name: options(
            work, field.target or "", typed.get(f"find-{field.name}"), chosen(field, typed), most
        )
        for field in pointing
    }


def known_of(work: UnitOfWork, fields: Iterable[Field], typed: Typed) -> dict[str, Options]:
    """Give what each field of a form that points somewhere does point to."""
    return {
        field.name: Options(
            in_order(names_by_id(work, field.target, chosen(field, typed))),
            more=False,
            by_words=False,
        )
        for field in fields
        if field.target is not None
    }


def chosen(field: Field, typed: Typed) -> set[UUID]:
    """Give what a form points to already."""
    found = {*typed.lists.get(field.name, ()), typed.get(field.name)}
    return {known for known in map(as_id, found) if known is not None}


def as_id(text: str) -> UUID | None:
    """Read an id; what is none points nowhere."""
    try:
        return UUID(text)
    except ValueError:
        return None


def options(work: UnitOfWork, table: str, words: str, kept: set[UUID], most: int) -> Options:
    """Give the rows of a record to choose from: those in which words are found, or the newest."""
    screen = SCREENS[table]
    policy = screen.policy
    by_words = bool(words_of(policy, work.actor))
    named = names_by_id(work, table, kept)
    if policy.part_of is not None or not policy.granted(work.actor, "see"):
        return Options(in_order(named), more=False, by_words=False)
    query = screen.schema("Query")(limit=most)
    if by_words and is_findable(words):
        query = looking_for(query, words)
    found = screen.service.browse(work, query)
    named |= names_of(work, found.rows)
    if table == PEOPLE:
        named = with_roles(work, named)
    return Options(in_order(named), more=found.next is not None, by_words=by_words)


def with_roles(work: UnitOfWork, named: dict[UUID, str]) -> dict[UUID, str]:
    """Give people's names with their roles: whom to choose depends on what they do."""
    held = roles_of(work, named)
    told = {id: listed([label(role).lower() for role in held.get(id, ())]) for id in named}
    return {id: f"{name} ({told[id]})" if told[id] else name for id, name in named.items()}


def is_findable(words: str) -> bool:
    """Whether rows can be looked for by these words; by others, nothing is looked for."""
    try:
        Search(words=words)
    except ValidationError:
        return False
    return True


def in_order(named: dict[UUID, str]) -> list[tuple[str, str]]:
    """Give ids and names in the order of the names: "Depot 2" comes before "Depot 10"."""
    return sorted(
        ((str(one), name) for one, name in named.items()), key=lambda one: counted(one[1])
    )
