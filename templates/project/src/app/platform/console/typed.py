"""What people typed into a form, and what a form shows to be typed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from app.platform.console.fields import Field
from app.platform.console.kinds import MANY, Place
from app.platform.http.receiving import admitted
from app.platform.views import opened

LONGEST = 1_000_000
"""So many bytes a text of a form has at most."""

VERSION, ONCE, LOOK = "shown-version", "send-once", "look-for"
"""What forms carry beside fields: their names can be no field's, which have no hyphen."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts of a form by field, those of several choices in a list, and the files in it."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give the text of a control; nothing, where nothing was typed."""
        return self.texts.get(name, "")

    def exactly(self, name: str) -> str:
        """Give what was typed into a control with the spaces around it, which may be a password."""
        return next(iter(self.lists.get(name, ())), "")


@asynccontextmanager
async def admitted_form(request: Request) -> AsyncIterator[Typed]:
    """Read the form that a request carries, after whoever sent it was let in."""
    await admitted(request)
    async with typed_form(request) as typed:
        yield typed


@asynccontextmanager
async def typed_form(request: Request, longest: int = LONGEST) -> AsyncIterator[Typed]:
    """Read the form that a request carries; its files are there until the block ends."""
    async with request.form(max_part_size=longest) as form:
        found = form.multi_items()
        texts = [(name, text) for name, text in found if isinstance(text, str)]
        files = [(name, one) for name, one in found if isinstance(one, UploadFile) and one.filename]
        lists: dict[str, list[str]] = defaultdict(list)
        for name, text in texts:
            lists[name].append(text)
        yield Typed({name: text.strip() for name, text in texts}, lists, dict(files))


def filled(row: Any, fields: Iterable[Field], place: Place) -> Typed:
    """Give what the form of a row shows before anything is typed."""
    texts, lists = {}, {}
    for one in fields:
        value = opened(getattr(row, one.name))
        if one.kind is MANY:
            lists[one.name] = [str(each) for each in value]
        else:
            texts[one.name] = "" if value is None else one.kind.fill(value, place)
    return Typed(texts, lists)


def as_sent(typed: Typed, fields: Iterable[Field], place: Place) -> dict[str, Any]:
    """Give what was typed as the API takes it; what was left blank is None."""
    sent: dict[str, Any] = {}
    for one in fields:
        if one.kind is MANY:
            sent[one.name] = [each for each in typed.lists.get(one.name, ()) if each]
        else:
            text = typed.get(one.name)
            sent[one.name] = one.kind.read(text, place) if text else None
    return sent


def changes(typed: Typed, shown: Typed, fields: Iterable[Field]) -> list[Field]:
    """Give the fields in which something else was typed than the form had shown."""
    return [one for one in fields if one.name in typed.texts and differs(one, typed, shown)]


def differs(field: Field, typed: Typed, shown: Typed) -> bool:
    """Whether something else was typed into a field than the form had shown."""
    name = field.name
    if field.kind is MANY:
        return set(typed.lists[name]) - {""} != set(shown.lists.get(name, ()))
    return plain(typed.get(name)) != plain(shown.get(name))


def plain(text: str) -> str:
    """Give a text with the ends of its lines as the database has them."""
    return text.replace("\r\n", "\n").strip()
