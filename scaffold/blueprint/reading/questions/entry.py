"""Questions about what nobody can add or set, and about adding blindly."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Field, Record
from scaffold.blueprint.reading.nouns import role_noun
from scaffold.blueprint.reading.questions.ground import Finding, Ground


def field_nobody_sets(ground: Ground) -> Iterator[Finding]:
    """A field that no role can fill, or that must be filled by somebody who cannot add."""
    for record in ground.records.values():
        if not ground.who(record, "add", "change"):
            continue
        for field in record.fields.values():
            if field.calculated is not None:
                continue
            if not ground.writers(record, field):
                yield _nobody_sets(ground, record, field)
            elif _target_hidden(ground, record, field):
                yield _nobody_chooses(ground, record, field)
            elif _blocks_adding(ground, record, field):
                yield _blocked(ground, record, field)


def _target_hidden(ground: Ground, record: Record, field: Field) -> bool:
    """Whether nobody who sets the relation may see what it points to. Users are seen by name."""
    target = ground.records.get(field.record or "")
    if target is None or target.name == "User":
        return False
    return not ground.writers(record, field) & ground.who(target, "see")


def _nobody_chooses(ground: Ground, record: Record, field: Field) -> Finding:
    noun = ground.words.field(record.name, field.name)
    who = role_list(ground, tuple(sorted(ground.writers(record, field))))
    text = (
        f"{who} can set {noun.the} of {ground.words.one(record.name).a}, but may not see "
        f"{ground.words.several(field.record or '').text}, and so cannot choose one; who should?"
    )
    path = f"records.{record.name}.fields.{field.name}"
    return Finding("field-nobody-sets", text, path, record.name, "broken")


def _blocks_adding(ground: Ground, record: Record, field: Field) -> bool:
    needed = not field.optional and not field.has_default and bool(field.set_by)
    adders = ground.who(record, "add")
    if record.part_of:
        adders |= ground.who(record, "change")
    return needed and bool(adders) and not adders & frozenset(field.set_by)


def _nobody_sets(ground: Ground, record: Record, field: Field) -> Finding:
    noun = ground.words.field(record.name, field.name)
    only = role_list(ground, field.set_by)
    text = (
        f"nobody can set {noun.the} of {ground.words.one(record.name).a}: it is only for {only}, "
        f"who may neither add nor change one; who should?"
    )
    path = f"records.{record.name}.fields.{field.name}.set_by"
    return Finding("field-nobody-sets", text, path, record.name, "broken")


def _blocked(ground: Ground, record: Record, field: Field) -> Finding:
    noun = ground.words.field(record.name, field.name)
    text = (
        f"{ground.words.one(record.name).a} must have {noun.the}, which is set only by "
        f"{role_list(ground, field.set_by)}, but nobody of them may add one; how does it begin?"
    )
    path = f"records.{record.name}.fields.{field.name}.set_by"
    return Finding("field-nobody-sets", text, path, record.name, "broken")


def role_list(ground: Ground, roles: tuple[str, ...]) -> str:
    """Roles in words, or `nobody`."""
    return ground.words.roles(roles) if roles else "nobody"


def record_nobody_adds(ground: Ground) -> Iterator[Finding]:
    """A record that never comes to be. Users come by sign-in, unless they have passwords."""
    for record in ground.records.values():
        by_sign_in = record.name == "User" and ground.blueprint.identity.staff != "password"
        if record.part_of or by_sign_in or not record.grants or ground.who(record, "add"):
            continue
        several = ground.words.several(record.name).text
        text = f"nobody may add {several}; where do they come from?"
        if record.name == "User":
            text = (
                "people get in only by invitation, and nobody may invite (add users); who should?"
            )
        path = f"records.{record.name}.may"
        yield Finding("record-nobody-adds", text, path, record.name, "broken")


def adds_but_cannot_see(ground: Ground) -> Iterator[Finding]:
    """A role that adds a record and cannot look at what it added."""
    for record in ground.records.values():
        for role in ground.blueprint.roles:
            scopes = {g.scope for g in record.grants if g.role == role and g.verb == "see"}
            adds = any(g.role == role and g.verb == "add" for g in record.grants)
            if adds and (not scopes or (scopes == {"own"} and _not_theirs(record))):
                yield _cannot_see(ground, record, role, bool(scopes))


def _not_theirs(record: Record) -> bool:
    """Whether a new one need not belong to whoever adds it."""
    owner = record.fields.get(record.owner or "")
    return owner is not None and owner.optional and not owner.has_default


def _cannot_see(ground: Ground, record: Record, role: str, own: bool) -> Finding:
    who, several = role_noun(role).text, ground.words.several(record.name).text
    text = f"{who} may add {several} but not see them, not even what they added; is that meant?"
    if own:
        owner = ground.words.field(record.name, record.owner or "").the
        text = (
            f"{who} may add {several} and see only their own, but {owner} may be left blank, and "
            f"then they cannot see what they added; should it begin as themselves (default: me)?"
        )
    path = f"records.{record.name}.may.{role}"
    return Finding("adds-but-cannot-see", text, path, record.name, "risk")
