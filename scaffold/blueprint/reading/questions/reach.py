"""Questions about what nobody can see or find, and what somebody can work out."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.reading.english import listing
from scaffold.blueprint.reading.nouns import role_noun
from scaffold.blueprint.reading.questions.ground import Finding, Ground


def field_nobody_sees(ground: Ground) -> Iterator[Finding]:
    """A field that no role and no link can show; or a record that nobody may see."""
    for record in ground.records.values():
        several = ground.words.several(record.name).text
        if not ground.who(record, "see"):
            if ground.who(record, "add", "change", "archive", "export") and not record.part_of:
                text = f"nobody may see {several}; who should?"
                path = f"records.{record.name}.may"
                yield Finding("field-nobody-sees", text, path, record.name, "broken")
            continue
        hidden = [f for f in record.fields.values() if not _seen(ground, record, f)]
        for masked in (True, False):
            alike = [field for field in hidden if field.masked is masked]
            if alike:
                yield _nobody_reads(ground, record, alike)


def _seen(ground: Ground, record: Record, field: Field) -> bool:
    if record.link and field.name in record.link.shows:
        return True
    return any(_clear_to(ground, record, field, role) for role in ground.who(record, "see"))


def _clear_to(ground: Ground, record: Record, field: Field, role: str) -> bool:
    """Whether somebody of this role can read the value."""
    if field.seen_by and role not in field.seen_by:
        return False
    return not field.masked or role in ground.who(record, "unmask")


def _nobody_reads(ground: Ground, record: Record, fields: list[Field]) -> Finding:
    """One question for all fields that are hidden for the same reason."""
    first, are = fields[0], "are" if len(fields) > 1 else "is"
    nouns = listing(ground.words.field(record.name, field.name).the for field in fields)
    it = "they" if len(fields) > 1 else "it"
    why = f"{it} {are} masked, and nobody who may see {'them' if fields[1:] else 'it'} may unmask"
    if not first.masked:
        who = tuple(dict.fromkeys(role for field in fields for role in field.seen_by))
        why = f"{it} {are} only for {ground.words.roles(who)}, who may not see the record"
    text = f"nobody can read {nouns} of {ground.words.one(record.name).a}: {why}; who should?"
    key = "data" if first.masked else "seen_by"
    path = f"records.{record.name}.fields.{first.name}.{key}"
    return Finding("field-nobody-sees", text, path, record.name, "broken")


def sees_but_never_finds(ground: Ground) -> Iterator[Finding]:
    """A role for which a list of the record shows nothing to tell one from another."""
    for record in ground.records.values():
        if record.part_of or record.name == "User" or record.number:
            continue
        lost = [role for role in ground.blueprint.roles if _lost(ground, record, role)]
        if lost:
            names = listing([role_noun(role).text for role in lost])
            several = ground.words.several(record.name).text
            text = (
                f"{names} may see {several}, but nothing that tells one from another: it is "
                f"masked or kept from them; how do they find one?"
            )
            path = f"records.{record.name}.may.{lost[0]}"
            yield Finding("sees-but-never-finds", text, path, record.name, "broken")


def _lost(ground: Ground, record: Record, role: str) -> bool:
    if role not in ground.who(record, "see") or not record.fields:
        return False
    return not any(_handle(ground, record, field, role) for field in record.fields.values())


def _handle(ground: Ground, record: Record, field: Field, role: str) -> bool:
    """Whether this role can tell one from another by the field."""
    if field.seen_by and role not in field.seen_by:
        return False
    if field.find_exact:
        return True
    if field.type == "record":
        target = ground.records.get(field.record or "")
        return target is not None and role in ground.who(target, "see")
    telling = field.name == record.shown_as or field.name in record.key
    telling = telling or field.searchable or field.unique
    return telling and _clear_to(ground, record, field, role)


def calculated_tells(ground: Ground) -> Iterator[Finding]:
    """A value that is shown to a role which may not read what it is worked out from."""
    for record in ground.records.values():
        for field in record.fields.values():
            if field.calculated is not None:
                yield from _tells(ground, record, field, field.calculated)


def _tells(
    ground: Ground, record: Record, field: Field, calculated: Expression
) -> Iterator[Finding]:
    seeing = [r for r in ground.blueprint.roles if r in ground.who(record, "see")]
    reading = [role for role in seeing if _clear_to(ground, record, field, role)]
    for place in sorted(ground.reads(record, calculated)):
        known = ground.field(place)
        told = [role for role in reading if known and not _clear_to(ground, *known, role)]
        if known and told:
            owner, source = known
            kept = ground.words.field(owner.name, source.name).the
            shown = ground.words.field(record.name, field.name).the
            text = (
                f"{ground.words.roles(tuple(told))} may not read {kept} of "
                f"{ground.words.one(owner.name).a}, but see {shown} of "
                f"{ground.words.one(record.name).a}, which is worked out from it; is that meant?"
            )
            path = f"records.{record.name}.fields.{field.name}.calculated"
            yield Finding("calculated-tells", text, path, record.name, "risk")
