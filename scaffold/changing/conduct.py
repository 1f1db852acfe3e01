"""What people may do with a record, and how long it is kept: differences that move no row."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Grant, Record
from scaffold.changing.change import Change, from_to, listed, safe
from scaffold.changing.renames import Renames

_PLAIN = ("about", "steward", "audit", "delete", "shared", "intended", "level", "kinds")


def compare_conduct(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    """Every difference of grants, owner, keeping, links and words."""
    yield from _grants(names, old, new)
    for key in ("owner", "shown_as"):
        before, after = names.path(getattr(old, key)), getattr(new, key)
        if before != after:
            said = from_to(before, after)
            yield safe(f"{key.replace('_', '-')}-changed", _at(new, key), _words(new, key, said))
    for key in _PLAIN:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield safe(f"{key}-changed", _at(new, key), _words(new, key, ""))
    if old.plural != new.plural:
        words = f"{_words(new, 'plural', from_to(old.plural, new.plural))} Its address stays."
        yield safe("plural-changed", _at(new, "plural"), words)
    for key in ("keep", "link"):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield safe(f"{key}-changed", _at(new, key), _words(new, key, ""))


def _at(record: Record, key: str) -> str:
    return f"records.{record.name}.{key}"


def _words(record: Record, key: str, said: str) -> str:
    return f"`{key}` of {record.name}: {said}." if said else f"`{key}` of {record.name} changed."


def _grants(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    before = {_said(grant, names) for grant in old.grants}
    after = {_said(grant, None) for grant in new.grants}
    for role in dict.fromkeys(role for role, _ in sorted(before ^ after)):
        gained = sorted(verb for of, verb in after - before if of == role)
        lost = sorted(verb for of, verb in before - after if of == role)
        where = f"records.{new.name}.may.{role}"
        if gained:
            words = f"{role} may {listed(gained)} {new.name} now."
            yield safe("grant-added", where, words)
        if lost:
            words = f"{role} may no longer {listed(lost)} {new.name}."
            yield safe("grant-removed", where, words)


def _said(grant: Grant, names: Renames | None) -> tuple[str, str]:
    same = names.path(grant.same) if names else grant.same
    return grant.role, " ".join(filter(None, (grant.verb, grant.scope, same)))
