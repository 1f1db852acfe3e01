"""Lines of `policy.py`."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.blueprint.models import Grant
from scaffold.resolve.code.moves import workflow
from scaffold.resolve.exchanged import imported
from scaffold.resolve.layout import entries, mapping, quoted, stacked, texts
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.values import attribute


def policy(item: Resolved) -> str:
    """The arguments of the policy, in the words of the blueprint."""
    found = [item.names.class_name]
    if item.parent is None:
        found.append(mapping(granted(item.grants), indent=1))
    else:
        found.append(f"part_of={quoted(item.parent['field'])}")
    if item.record.owner:
        found.append(f"owner={quoted(item.record.owner)}")
    found.append(f"shown_as={quoted(item.shown_as)}")
    if imported(item):
        found.append(texts(imported(item), indent=1, head="key=["))
    if item.masked:
        found.append(texts(item.masked, indent=1, head="masked=["))
    found += narrowing(item, "=") + workflow(item)
    if item.limits:
        found.append(texts(item.limits, indent=1, head="limits=["))
    if item.reads is not None:
        found.append(f"reads_recorded={item.reads}")
    return stacked(f"{argument}," for argument in found)


def granted(grants: Sequence[Grant]) -> dict[str, str]:
    """Each role and what it was granted, in the words of the blueprint."""
    words: dict[str, list[str]] = {}
    for grant in grants:
        scope = {"own": " own", "same": f" same {grant.same}"}.get(grant.scope or "", "")
        words.setdefault(grant.role, []).append(f"{grant.verb}{scope}")
    return {role: _listed(role, said) for role, said in words.items()}


def narrowing(item: Resolved, sign: str) -> list[str]:
    """Which roles see and set the fields that not all of them do: `seen_by={…}` with this sign."""
    said = {rule: _narrowed(item, rule) for rule in ("seen_by", "set_by")}
    return [entries(said[rule], indent=1, head=f"{rule}{sign}{{") for rule in said if said[rule]]


def _narrowed(item: Resolved, rule: str) -> dict[str, str]:
    return {
        attribute(field): _listed(attribute(field), list(getattr(field, rule)))
        for field in item.shown
        if getattr(field, rule)
    }


def _listed(key: str, values: list[str]) -> str:
    """A list as the value of a key in a dict that is indented twice."""
    head = f"{quoted(key)}: ["
    return texts(values, indent=2, head=head).removeprefix(head.removesuffix("["))
