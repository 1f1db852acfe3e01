"""Files that come with a form: kept before anything else, so that no refusal loses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from fastapi import Request

from app.platform.console.fields import Field
from app.platform.console.kinds import FILE
from app.platform.console.screens import Screen
from app.platform.console.typed import Typed
from app.platform.errors import FieldError, Invalid
from app.platform.files.uploads import MEGABYTE, FileField, kept, noted
from app.platform.work import UnitOfWork, unit_of_work

LONGEST_NAME = 600


def with_files(request: Request, screen: Screen, fields: Sequence[Field], typed: Typed) -> Typed:
    """Keep the files of a form, and put their ids where the files stood.

    Raises Invalid for a file that its field does not take.
    """
    sent = [one for one in fields if one.kind is FILE and one.name in typed.files]
    if not sent:
        return typed
    with unit_of_work(request) as work:
        ids = {one.name: keep(work, screen, one, typed) for one in sent}
    return replace(typed, texts={**typed.texts, **ids}, files={})


def keep(work: UnitOfWork, screen: Screen, field: Field, typed: Typed) -> str:
    """Keep one file, and give its id."""
    sort, upload = sort_of(screen, field), typed.files[field.name]
    name = quote(upload.filename or "", safe="")[:LONGEST_NAME]
    try:
        if (upload.size or 0) > sort.most:
            raise Invalid(f"may have at most {sort.most // MEGABYTE} MB")
        return str(noted(work, kept(sort, upload.file, name or None)).id)
    except Invalid as problem:
        wrong = FieldError(field.name, "file", problem.detail)
        raise Invalid("This file cannot be kept.", errors=[wrong]) from None


def sort_of(screen: Screen, field: Field) -> FileField:
    """Give what files a field takes."""
    return FileField.of(screen.policy.table.c[field.name])


def longest(screen: Screen) -> int | None:
    """Give how long the body of a form may be, where it carries files."""
    known = {one.name: sort_of(screen, one).most for one in screen.added if one.kind is FILE}
    return sum(known.values()) + MEGABYTE if known else None
