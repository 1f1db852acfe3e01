"""Lines of `models.py`."""

from __future__ import annotations

import inflection

from scaffold.blueprint.models import Field
from scaffold.resolve.columns import levels
from scaffold.resolve.constraints import fitting
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.layout import (
    LINE,
    call,
    docstring,
    fits,
    imports,
    items,
    mapping,
    quoted,
    stacked,
)
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.tables import all_columns, groups

LONGEST_MAPPED = LINE - len("    _: Mapped[list[]] = relationship(")
"""How long a field and its class are together where both stand in one line."""


def models(item: Resolved) -> dict[str, str]:
    """Imports, link tables, constraints over several columns, and what the class maps."""
    together, apart = groups(item), "apart=True" * item.apart
    mapped = [
        # First, because a field may be called `relationship`.
        *(_relationship(item, field) for field in item.many),
        *(_proxy(field) for field in item.many),
        *([f"id: Mapped[c.Id] = c.person({apart})"] if item.is_user else []),
        *(column.model for column in all_columns(item)),
        *(_calculated(item, field) for field in item.calculated),
    ]
    return {
        "imports": "\n".join(_imports(item, bool(together))),
        "base": "Separated" if item.apart else "Entity",
        "links": "".join(_link(item, field) for field in item.many),
        "constraints": _retired(item) + _constraints(item, together) + _checks(item),
        "columns": stacked(["", "", *mapped]).replace("\n    \n", "\n\n") if mapped else "",
    }


def _checks(item: Resolved) -> str:
    said = {check.message: quoted(item.as_sql(check.expression)) for check in item.record.checks}
    if not said:
        return ""
    return "\n    " + call("__checks__ = c.checks(", [mapping(said, indent=2)], indent=1)


def _calculated(item: Resolved, field: Field) -> str:
    kind = [f"c.{KINDS[field.type].column}", *levels(field)]
    kind += [f"of={quoted(item.as_sql(field.calculated))}"] if field.calculated else []
    if field.type == "decimal":
        kind.append(f"places={2 if field.places is None else field.places}")
    return call(f"{field.name} = c.calculated(", kind, indent=1)


def _retired(item: Resolved) -> str:
    """What the record had, and migrations may drop."""
    names = [quoted(name) for name in item.record.retired]
    return f"\n    {items('__retired__ = ', names, indent=1)}" if names else ""


def _constraints(item: Resolved, together: list[tuple[str, ...]]) -> str:
    named, apart = [quoted(item.names.id)], ["apart=True"] * item.apart
    uniques = [
        call("unique(", [*named, *map(quoted, group), *apart], indent=2, after=",")
        for group in together
    ]
    if not uniques:
        return ""
    one = f"__table_args__ = ({uniques[0]},)"
    if len(uniques) == 1 and fits(one, indent=1):
        return f"\n    {one}"
    lines = "".join(f"        {unique},\n" for unique in uniques)
    return f"\n    __table_args__ = (\n{lines}    )"


def _link(item: Resolved, field: Field) -> str:
    """The class of the table that holds pairs of rows."""
    what = f"Which {field.name.replace('_', ' ')} go with which {item.names.label.lower()}"
    target = item.others[field.record or ""].id
    return f'''


class {_link_class(item, field)}({"SeparatedLink" if item.apart else "LinkRow"}):
    {docstring(what, indent=1)}

    __tablename__ = "{fitting(item.names.id, field.name)}"{_was(item, field)}

    {_linked("row", item.names.id, apart=item.apart)}
    {_linked("target", target, apart=item.points_apart(field.record))}'''


def _linked(side: str, table: str, *, apart: bool) -> str:
    arguments = [quoted(table), *["apart=True"] * apart]
    return call(f"{side}_id: Mapped[c.Id] = c.link(", arguments, indent=1)


def _was(item: Resolved, field: Field) -> str:
    """What the link table was called, where its field had another name."""
    return f'\n    __was__ = "{fitting(item.names.id, field.was)}"' if field.was else ""


def _relationship(item: Resolved, field: Field) -> str:
    link = _link_class(item, field)
    return call(
        f"_{field.name}: Mapped[list[{link}]] = relationship(",
        ['cascade="all, delete-orphan"', 'lazy="selectin"', f'foreign_keys="{link}.row_id"'],
        indent=1,
    )


def _proxy(field: Field) -> str:
    return call(
        f"{field.name}: AssociationProxy[list[UUID]] = association_proxy(",
        [quoted(f"_{field.name}"), '"target_id"'],
        indent=1,
    )


def _link_class(item: Resolved, field: Field) -> str:
    """The class of a link table: no two the same, and none too long for the line that maps it."""
    name, same = _joined(item, field), [other for other in item.many if other.name != field.name]
    if any(_joined(item, other) == name for other in same):  # a_10 and a10
        name = f"{name}{item.many.index(field)}"
    return f"{fitting(name, longest=LONGEST_MAPPED - len(field.name) - len('Link'))}Link"


def _joined(item: Resolved, field: Field) -> str:
    return f"{item.names.class_name}{inflection.camelize(field.name)}"


def _bases(item: Resolved) -> list[str]:
    own, link = ("Separated", "SeparatedLink") if item.apart else ("Entity", "LinkRow")
    return [own, *[link] * bool(item.many)]


def _imports(item: Resolved, together: bool) -> list[str]:
    standard = imports({"uuid": ["UUID"]}) if item.many else []
    orm = ["Mapped", *["relationship"] * bool(item.many)]
    third = imports(
        {
            "sqlalchemy.ext.associationproxy": ["AssociationProxy", "association_proxy"]
            if item.many
            else [],
            "sqlalchemy.orm": orm,
        }
    )
    ours = imports(
        {
            "app.platform": ["columns as c"],
            "app.platform.constraints": ["unique"] if together else [],
            f"app.platform.{'apart' if item.apart else 'db'}": _bases(item),
        }
    )
    blocks = [block for block in (standard, third, ours) if block]
    return [line for index, block in enumerate(blocks) for line in ([""] * bool(index) + block)]
