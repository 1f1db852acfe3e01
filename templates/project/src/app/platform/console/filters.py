"""What a list is filtered and sorted by, in words, and the list without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from app.platform.console.choosing import Options
from app.platform.console.fields import Field
from app.platform.console.kinds import Place
from app.platform.console.screens import Screen
from app.platform.console.words import label
from app.platform.schemas import Query

ORDERS = (("", "first to last"), ("-", "last to first"))


def chips(
    fields: Iterable[Field],
    query: Query,
    asked: Mapping[str, str],
    options: Mapping[str, Options],
    place: Place,
) -> list[tuple[str, str]]:
    """Give each filter that is in use, with the address of the list without it."""
    used = [field for field in fields if getattr(query, field.name) is not None]
    return [
        (
            f"{field.label}: {said(field, getattr(query, field.name), options, place)}",
            f"?{without(asked, field.name)}",
        )
        for field in used
    ]


def said(field: Field, value: Any, options: Mapping[str, Options], place: Place) -> str:
    """Give what is asked for, as people read it."""
    text = field.kind.show(value, place)
    if field.name in options:
        return dict(options[field.name].found)[text]
    return label(text) if field.choices else text


def without(asked: Mapping[str, str], name: str) -> str:
    """Give what an address asks for besides one filter, from the first page."""
    return urlencode({key: text for key, text in asked.items() if key not in (name, "after")})


def sorts(screen: Screen, hidden: Collection[str]) -> list[tuple[str, str]]:
    """Give the orders that a list can be shown in, with how people read them."""
    return [
        (f"{sign}{name}", f"{label(name.replace('created_at', 'added'))}, {order}")
        for name in screen.orders
        if name not in hidden
        for sign, order in ORDERS
    ]
