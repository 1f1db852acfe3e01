"""Lines of `models.py`."""

from __future__ import annotations

from typing import Any

import inflection

from scaffold.blueprint.models import Field
from scaffold.resolve.constraints import fitting
from scaffold.resolve.layout import LINE, call, docstring, imports, quoted
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.tables import all_columns, groups

LONGEST_MAPPED = LINE - len("    _: Mapped[list[]] = relationship(")
"""How long a field and its class are together where both stand in one line."""


def models(item: Resolved) -> dict[str, Any]:
    """Imports, constraints over several columns, columns and links of the model."""
    together = groups(item)
    links = [_link(item, field) for field in item.many]
    return {
        "imports": "\n".join(_imports(item, bool(together))),
        "constraints": _constraints(item, together),
        "columns": [
            # First, because a field may be called `relationship`.
            *(link["relationship"] for link in links),
            *(link["proxy"] for link in links),
            *(["id: Mapped[c.Id] = c.person()"] if item.is_user else []),
            *(column.model for column in all_columns(item)),
        ],
        "links": links,
    }


def _constraints(item: Resolved, together: list[tuple[str, ...]]) -> str:
    uniques = [
        call("unique(", [quoted(item.names.id), *map(quoted, group)], indent=2, after=",")
        for group in together
    ]
    one = f"    __table_args__ = ({uniques[0]},)" if len(uniques) == 1 else ""
    if one and len(one) <= LINE and "\n" not in one:
        return one
    lines = "".join(f"        {unique},\n" for unique in uniques)
    return f"    __table_args__ = (\n{lines}    )" if uniques else ""


def _link(item: Resolved, field: Field) -> dict[str, str]:
    class_name = _link_class(item, field)
    related = call(
        f"_{field.name}: Mapped[list[{class_name}]] = relationship(",
        ['cascade="all, delete-orphan"', 'lazy="selectin"', f'foreign_keys="{class_name}.row_id"'],
        indent=1,
    )
    proxy = call(
        f"{field.name}: AssociationProxy[list[UUID]] = association_proxy(",
        [quoted(f"_{field.name}"), '"target_id"'],
        indent=1,
    )
    return {
        "class": class_name,
        "table": fitting(item.names.id, field.name),
        "row": item.names.id,
        "target": item.others[field.record or ""].id,
        "relationship": related,
        "proxy": proxy,
        "docstring": docstring(
            f"Which {field.name.replace('_', ' ')} go with which {item.names.label.lower()}",
            indent=1,
        ),
    }


def _link_class(item: Resolved, field: Field) -> str:
    """The class of a link table; one too long for the line that maps it ends in a digest."""
    name = f"{item.names.class_name}{inflection.camelize(field.name)}"
    return f"{fitting(name, longest=LONGEST_MAPPED - len(field.name) - len('Link'))}Link"


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
            "app.platform.db": ["Entity", *["LinkRow"] * bool(item.many)],
        }
    )
    blocks = [block for block in (standard, third, ours) if block]
    return [line for index, block in enumerate(blocks) for line in ([""] * bool(index) + block)]
