"""Who may do what with a record, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Record
from scaffold.blueprint.reading.english import listing, spoken
from scaffold.blueprint.reading.nouns import Vocabulary, role_noun
from scaffold.blueprint.reading.page import Line, line
from scaffold.blueprint.words import VERBS

Scope = tuple[str | None, str | None]


def permission_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """One sentence for the roles that may do the same; a part follows its parent."""
    if record.part_of is not None:
        yield _of_a_part(words, record)
        return
    if not record.grants:
        yield _without_grants(words, record)
        return
    for powers, roles in _alike(record).items():
        who = words.roles(tuple(roles))
        paths = [f"{_path(record)}.{role}" for role in roles]
        yield line(_powers_in_words(words, record, who, powers), *paths)


def _without_grants(words: Vocabulary, record: Record) -> Line:
    several = words.several(record.name).text
    if record.name == "User":
        return line(f"everyone who signs in may see {several}, nobody may add them", _path(record))
    return line(f"nobody may see or add {several}", _path(record))


def _path(record: Record) -> str:
    return f"records.{record.name}.may"


def _of_a_part(words: Vocabulary, record: Record) -> Line:
    assert record.part_of is not None  # noqa: S101  (the caller looked)
    parent = words.one(record.part_of.parent)
    several = words.several(record.name).text
    return line(
        f"whoever may see {parent.a} may see its {several}, and whoever may change it may add, "
        f"change and remove them",
        f"records.{record.name}.part_of",
    )


def _alike(record: Record) -> dict[tuple[tuple[Scope, tuple[str, ...]], ...], list[str]]:
    """Roles by what they may do: verbs under each scope."""
    by_role: dict[str, dict[Scope, list[str]]] = {}
    for grant in record.grants:
        scopes = by_role.setdefault(grant.role, {})
        scopes.setdefault((grant.scope, grant.same), []).append(grant.verb)
    found: dict[tuple[tuple[Scope, tuple[str, ...]], ...], list[str]] = {}
    for role, scopes in by_role.items():
        ordered = sorted(scopes.items(), key=lambda item: item[0] != (None, None))
        powers = tuple((scope, tuple(sorted(verbs, key=VERBS.index))) for scope, verbs in ordered)
        found.setdefault(powers, []).append(role)
    return found


def _powers_in_words(
    words: Vocabulary,
    record: Record,
    who: str,
    powers: tuple[tuple[Scope, tuple[str, ...]], ...],
) -> str:
    several = words.several(record.name).text
    clauses: list[str] = []
    for (scope, same), verbs in powers:
        done = listing(verbs)
        if scope is None:
            clauses.append(f"may {done} {several if set(verbs) == {'add'} else f'all {several}'}")
        elif scope == "same":
            theirs = spoken(same or "")
            clauses.append(f"may {done} only {several} of their own {theirs}")
        else:
            clauses.append(f"may {done} only their own {several}{own_in_words(words, record)}")
    return f"{who} {', and '.join(clauses)}"


def own_in_words(words: Vocabulary, record: Record) -> str:
    """`: the ones where they are the technician`; of users, themselves."""
    if record.owner is None:
        return ": themselves" if record.name == "User" else ""
    path = words.path(record.name, tuple(record.owner.split(".")))
    return f": the ones where they are the {path}"


def restricted_field_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """Fields that only some of those who see or change the record may see or set."""
    for title, verb in (("seen_by", "see"), ("set_by", "set")):
        groups: dict[tuple[str, ...], list[str]] = {}
        for field in record.fields.values():
            roles: tuple[str, ...] = getattr(field, title)
            if roles:
                groups.setdefault(roles, []).append(field.name)
        for roles, names in groups.items():
            fields = listing([words.field(record.name, name).the for name in names])
            paths = [f"records.{record.name}.fields.{name}.{title}" for name in names]
            owner = f" of {words.one(record.name).a}"
            yield line(f"only {words.roles(roles)} may {verb} {fields}{owner}", *paths)


def steward_line(words: Vocabulary, record: Record) -> Line | None:
    """Who answers for the record."""
    if record.steward is None:
        return None
    who = role_noun(record.steward)
    return line(
        f"{who.text} {who.verb('answers', 'answer')} for {words.several(record.name).text}",
        f"records.{record.name}.steward",
    )
