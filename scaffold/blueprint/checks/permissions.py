"""Who may do what: roles that exist, scopes that have something to compare, nobody left out."""

from __future__ import annotations

from scaffold.blueprint.checks.lookup import field_of, need_role_key, need_roles
from scaffold.blueprint.checks.within import holds
from scaffold.blueprint.faults import Path, meant
from scaffold.blueprint.models import Blueprint, Grant, Record
from scaffold.blueprint.paths import known_names, sealed, unread_user
from scaffold.blueprint.report import Report


def check_permissions(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every word about people in one record."""
    path: Path = ("records", record.name)
    for role in report.keys((*path, "may")):
        need_role_key(blueprint, role, (*path, "may", role), report)
    if record.steward is not None:
        need_roles(blueprint, [record.steward], (*path, "steward"), report)
    for field in record.fields.values():
        here = (*path, "fields", field.name)
        need_roles(blueprint, field.seen_by, (*here, "seen_by"), report)
        need_roles(blueprint, field.set_by, (*here, "set_by"), report)
    for grant in record.grants:
        _grant(blueprint, record, grant, path, report)
    _nobody(record, path, report)


def _nobody(record: Record, path: Path, report: Report) -> None:
    excused = record.grants or record.part_of is not None or record.name == "User"
    if excused or report.blamed(*path, "may") or report.blamed(*path, "part_of"):
        return
    message = f"Nobody may do anything with {record.name}."
    hint = "add may: {<role>: [add, see, change]}"
    report.add("nobody-may", path, message, hint, key=True)


def _grant(blueprint: Blueprint, record: Record, grant: Grant, path: Path, report: Report) -> None:
    phrase = grant.verb + (f" {grant.scope}" if grant.scope else "")
    phrase += f" {grant.same}" if grant.same else ""
    here = report.item((*path, "may", grant.role), phrase)
    wider = Grant(grant.role, grant.verb)
    if grant.scope is not None and wider in record.grants:
        message = f"{grant.role} may {grant.verb} every {record.name}, so `{phrase}` adds nothing."
        report.add("narrower-grant", here, message, f"delete `{phrase}` or `{grant.verb}`")
    if grant.scope == "own" and record.owner is None and record.name != "User":
        if not report.blamed(*path, "owner"):
            message = f"`{phrase}` needs to know whose it is, and {record.name} has no owner."
            report.add("own-without-owner", here, message, _owner_hint(blueprint, record))
    elif grant.scope == "own" and grant.verb == "add" and record.owner is None:
        message = "Nobody can add themselves: a new User is always somebody else."
        hint = "write add, or add same <field>, or delete it"
        report.add("adds-themselves", here, message, hint)
    elif grant.same is not None:
        _same(blueprint, record, grant.same, here, report)


def _owner_hint(blueprint: Blueprint, record: Record) -> str:
    names = known_names(blueprint, record).items()
    users = [name for name, place in names if place.target == "User" and not place.many]
    return f"add owner: {users[0]}" if users else "add a field of type User, and name it as owner"


def _same(blueprint: Blueprint, record: Record, name: str, path: Path, report: Report) -> None:
    ours = field_of(blueprint, record, name, path, report)
    theirs = known_names(blueprint, blueprint.records["User"]).get(name)
    if ours is None or report.blamed("records", record.name, "fields", name):
        return
    if report.blamed("records", "User", "fields", name) or unread_user(blueprint, report):
        return
    if theirs is None and not report.blamed("records", "User"):
        message = f"`same {name}` compares with the user's {name}, and User has no such field."
        known = [key for key in blueprint.records["User"].fields]
        hint = meant(name, known) or f"add it: User: {{fields: {{{name}: …}}}}"
        report.add("same-without-field", path, message, hint)
    if theirs is None:
        return
    if (ours.type, ours.target) != (theirs.type, theirs.target) or ours.many or theirs.many:
        message = f"`same {name}` compares two single values of one type; these differ."
        hint = f"give {record.name}.{name} and User.{name} the same type"
        report.add("same-differs", path, message, hint)
    elif not holds(ours, theirs):
        message = (
            f"`same {name}` compares with the user's {name}, which may be what this cannot be."
        )
        hint = f"widen {record.name}.{name}: it has to hold whatever User.{name} can be"
        report.add("same-differs", path, message, hint)
    elif sealed(ours, report) or sealed(theirs, report):
        message = f"`same {name}` compares in the database, and `{name}` is sealed there."
        report.add("sealed-same", path, message, "lower its level: data: internal")
