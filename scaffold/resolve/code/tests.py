"""Lines of a record's tests: what the blueprint grants, said once more."""

from __future__ import annotations

from scaffold.blueprint.models import Grant
from scaffold.resolve.code.moves import spoken, stated
from scaffold.resolve.code.policy import granted, narrowing
from scaffold.resolve.exchanged import imported
from scaffold.resolve.layout import assigned, call, entries, mapping, quoted, stacked, texts
from scaffold.resolve.resolved import Resolved

OF_A_PARENT = {
    "see": ("see",),
    "change": ("add", "change", "archive"),
    "export": ("export",),
    "unmask": ("unmask",),
}
"""What a grant on the parent means for its parts."""

DELETING = {"archive": "ArchivingTests", "erase": "ErasingTests", "forbid": "KeptTests"}


def tests(item: Resolved) -> dict[str, str]:
    """The class with its bases, and the facts that the inherited tests read."""
    bases = base_classes(item)
    return {
        "class": call(f"class Test{item.names.class_name}(", bases, "):"),
        "facts": stacked(_facts(item)),
    }


def base_classes(item: Resolved) -> list[str]:
    """The sets of tests that fit the record."""
    found = ["RecordTests"]
    found.append(DELETING[item.record.delete])
    found += _moved_by(item) + ["LockedTests"] * bool(locking(item))
    found += ["CheckedTests"] * bool(item.record.checks)
    found += ["CalculatingTests"] * bool(item.calculated)
    found += ["NarrowedTests"] * any(field.seen_by or field.set_by for field in item.shown)
    found += ["LimitTests"] * bool(item.limits)
    found += ["SearchTests"] * bool(item.searched)
    found += ["MaskingTests"] * bool(item.masked) + ["FindingTests"] * bool(item.findable)
    return found


def _moved_by(item: Resolved) -> list[str]:
    """The sets of tests about moves; each other one holds `MovingTests` too."""
    found = ["ConditionalTests"] * any(move.if_ for move in item.offered)
    found += ["ClockTests"] * any(move.once_past for move in item.offered)
    found += ["TellingTests"] * any(move.tells for move in item.offered)
    return found or ["MovingTests"] * bool(item.offered)


def entity_name(item: Resolved) -> str:
    """What the tests call the record's class: pytest takes any class `Test…` for tests."""
    name = item.names.class_name
    return "Entity" if name.startswith("Test") or name in {*base_classes(item), "Move"} else name


def _facts(item: Resolved) -> list[str]:
    facts = [f"entity = {entity_name(item)}", assigned("path", quoted(item.path), indent=1)]
    facts += [mapping(granted(effective(item)), indent=1, head="grants = {")]
    top = item.top
    if top.record.owner:
        facts.append(assigned("owner", quoted(top.record.owner), indent=1))
    if item.through:
        facts.append(texts(item.through, indent=1, head="through = ["))
    if item.reads is not None:
        facts.append(f"reads_recorded = {item.reads}")
    if imported(item):
        facts.append(texts(imported(item), indent=1, head="key = ["))
    return facts + _calculated(item) + _moving(item) + _hidden(item)


def _calculated(item: Resolved) -> list[str]:
    made = {f.name: quoted(spoken(item, f.calculated)) for f in item.calculated if f.calculated}
    asked = {c.message: quoted(spoken(item, c.expression)) for c in item.record.checks}
    facts = [mapping(made, indent=1, head="calculated = {")] * bool(made)
    return facts + [mapping(asked, indent=1, head="checks = {")] * bool(asked)


def _moving(item: Resolved) -> list[str]:
    facts = ["settled = True"] * item.settled + stated(item)
    return facts + [entries(locking(item), indent=1, head="locked = {")] * bool(locking(item))


def _hidden(item: Resolved) -> list[str]:
    facts = narrowing(item, " = ")
    facts += [texts(item.searched, indent=1, head="searchable = [")] * bool(item.searched)
    facts += [texts(item.limits, indent=1, head="limits = [")] * bool(item.limits)
    facts += [texts(item.masked, indent=1, head="masked = [")] * bool(item.masked)
    return facts + [texts(item.findable, indent=1, head="findable = [")] * bool(item.findable)


def locking(item: Resolved) -> dict[str, str]:
    """The stages that lock a row: its own, and those of what it is a part of, by their table."""
    found = {item.names.id: texts(item.locked, indent=2).removesuffix(",")} if item.locked else {}
    part = item.record.part_of
    return found | (locking(item.resolved[part.parent]) if part else {})


def effective(item: Resolved) -> tuple[Grant, ...]:
    """What is granted on a record; on a part, what its parent's grants come to."""
    if item.record.part_of is None:
        return item.grants
    parent = effective(item.resolved[item.record.part_of.parent])
    return tuple(
        Grant(grant.role, verb, grant.scope, grant.same)
        for grant in parent
        for verb in OF_A_PARENT.get(grant.verb, ())
    )
