"""Questions about what is kept: totals, personal data, sealed fields."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.expressions import tree
from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.posture import Kind
from scaffold.blueprint.reading.english import listing, spoken, word_set
from scaffold.blueprint.reading.questions.ground import Finding, Ground

_TOTALS = word_set("total subtotal sum gross net")
_NO_TOTALS = word_set("paid limit budget estimate estimated discount tax deposit due")


def total_not_sum(ground: Ground) -> Iterator[Finding]:
    """A total beside lines with amounts, which is not their sum."""
    for record in ground.records.values():
        parts = [part for part in ground.parts(record) if _amounts(part)]
        for field in record.fields.values():
            text = None
            if parts and _is_total(field) and not _sums(ground, record, field, parts):
                text = _not_a_sum(ground, record, field, parts)
            elif field.calculated is not None:
                text = _sums_too_little(ground, record, field)
            if text:
                path = f"records.{record.name}.fields.{field.name}"
                yield Finding("total-not-sum", text, path, record.name, "risk")


def _amounts(record: Record) -> list[Field]:
    return [field for field in record.fields.values() if field.type == "money"]


def _is_total(field: Field) -> bool:
    words = set(field.name.split("_"))
    named = field.name == "amount" or bool(words & _TOTALS)
    return field.type == "money" and named and not words & _NO_TOTALS


def _sums(ground: Ground, record: Record, field: Field, parts: list[Record]) -> bool:
    if field.calculated is None:
        return False
    of_parts = {part.name for part in parts}
    return any(place[0] in of_parts for place in ground.reads(record, field.calculated))


def _not_a_sum(ground: Ground, record: Record, field: Field, parts: list[Record]) -> str:
    noun = ground.words.field(record.name, field.name)
    collections = [spoken(part.part_of.collection) for part in parts if part.part_of]
    how = "typed in" if field.calculated is None else "worked out from other things"
    return (
        f"{noun.the} of {ground.words.one(record.name).a} is {how}, and can differ from the sum "
        f"of its {listing(collections)}; is that meant?"
    )


def _sums_too_little(ground: Ground, record: Record, field: Field) -> str | None:
    """A sum of prices where each line has a price times a quantity."""
    if field.calculated is None:
        return None
    for node in tree.walk(field.calculated.root):
        part = ground.records.get(node.record) if isinstance(node, tree.SumOf) else None
        if part is None or not isinstance(node, tree.SumOf):
            continue
        better = _product_of(part, node.field)
        if better is not None:
            of = ground.words.field(part.name, node.field).text
            instead = ground.words.field(part.name, better.name).the
            return (
                f"{ground.words.field(record.name, field.name).the} of "
                f"{ground.words.one(record.name).a} adds up the {of} of each of its "
                f"{spoken(node.collection)}, not {instead}; is that meant?"
            )
    return None


def _product_of(part: Record, name: str) -> Field | None:
    """A calculated amount of the part that multiplies the field, if the field is typed in."""
    summed = part.fields.get(name)
    if summed is None or summed.calculated is not None or summed.type != "money":
        return None
    for field in part.fields.values():
        root = field.calculated.root if field.calculated else None
        if field.type == "money" and isinstance(root, tree.Arithmetic) and root.sign == "*":
            sides = (root.left, root.right)
            if any(isinstance(side, tree.FieldPath) and side.steps == (name,) for side in sides):
                return field
    return None


def personal_without_keep(ground: Ground) -> Iterator[Finding]:
    """Personal or health data that nothing ever removes."""
    for record in ground.records.values():
        if record.part_of or _is_kept(ground, record, frozenset()):
            continue
        whole = [record, *_parts_below(ground, record, frozenset({record.name}))]
        names = [
            ground.words.field(owner.name, field.name).text
            for owner in whole
            for field in owner.fields.values()
            if {Kind.PERSONAL, Kind.HEALTH} & set(field.kinds) and field.type != "record"
        ]
        if names:
            one = ground.words.one(record.name).a
            text = (
                f"{one} holds data about people ({listing(dict.fromkeys(names))}), and no rule "
                f"says how long it is kept{_holds_back(ground, record)}; how long must you keep it?"
            )
            path = f"records.{record.name}"
            yield Finding("personal-without-keep", text, path, record.name, "risk")


def _holds_back(ground: Ground, record: Record) -> str:
    """What cannot be erased as long as this is there."""
    for field in record.fields.values():
        target = ground.records.get(field.record or "")
        if target and target.keep and target.keep.then == "erase" and field.if_deleted == "refuse":
            return f", and as long as it is there, its {spoken(field.name)} cannot be erased"
    return ""


def _parts_below(ground: Ground, record: Record, seen: frozenset[str]) -> Iterator[Record]:
    for part in ground.parts(record):
        if part.name not in seen:
            yield part
            yield from _parts_below(ground, part, seen | {part.name})


def _is_kept(ground: Ground, record: Record, seen: frozenset[str]) -> bool:
    """Whether a rule of its own removes it, or it goes with something that is erased."""
    if record.keep is not None:
        return True
    for field in record.fields.values():
        target = ground.records.get(field.record or "")
        if target is None or target.name in seen or field.if_deleted != "delete_too":
            continue
        erased = target.keep is not None and target.keep.then == "erase"
        above = target.keep is None and _is_kept(ground, target, seen | {record.name})
        if erased or above:
            return True
    return False


def sealed_but_searched(ground: Ground) -> Iterator[Finding]:
    """A sealed field that people have to search, and that cannot be found."""
    for record in ground.records.values():
        for field in record.fields.values():
            if field.sealed and not field.find_exact and _searched(record, field):
                noun = ground.words.field(record.name, field.name)
                one = ground.words.one(record.name).a
                text = (
                    f"{noun.the} of {one} is sealed, so that nobody can search for it, yet people "
                    f"know {one} by it; should it be found by its exact value (find_exact)?"
                )
                path = f"records.{record.name}.fields.{field.name}.data"
                yield Finding("sealed-but-searched", text, path, record.name, "risk")


def _searched(record: Record, field: Field) -> bool:
    if field.searchable or field.unique or field.name in record.key:
        return True
    others = any(
        other.find_exact or (other.searchable and not other.sealed) or other.type == "record"
        for other in record.fields.values()
    )
    return field.name == record.shown_as and not record.part_of and not others
