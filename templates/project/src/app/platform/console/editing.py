"""The forms that add a row and change one. Nothing that was typed is lost when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from app.platform.console.choosing import options_of
from app.platform.console.fields import Field
from app.platform.console.kinds import FILE
from app.platform.console.names import name_of
from app.platform.console.pages import page, place_of, see_other
from app.platform.console.screens import Screen
from app.platform.console.typed import Typed, as_sent, changes, filled, typed_form
from app.platform.errors import Conflict, Forbidden, Invalid, Problem
from app.platform.files.uploads import FileField, kept, noted
from app.platform.http.endpoints import taking
from app.platform.http.problems import faults
from app.platform.idempotency import once
from app.platform.work import UnitOfWork, unit_of_work

Endpoint = Callable[..., Response | Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is shown: its fields, what stands in them, and what was wrong with that."""

    fields: Sequence[Field]
    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


def settable(work: UnitOfWork, screen: Screen, fields: Sequence[Field]) -> list[Field]:
    """Give the fields that the actor may set."""
    allowed = screen.policy.set_by
    return [one for one in fields if allowed.get(one.name, work.actor.roles) & work.actor.roles]


def blank(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of the empty form."""

    def endpoint(request: Request, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            known = dict(request.query_params.items())
            return adding_form(
                request, work, screen, list(parent.values()), Typed(defaults(screen) | known)
            )

    return taking(endpoint, screen.policy)


def defaults(screen: Screen) -> dict[str, str]:
    """Give what a new row holds where nothing else is typed."""
    fields = screen.schema("Create").model_fields
    known = {one: fields[one.name].default for one in screen.added if not one.required}
    return {
        one.name: str(value).lower() if isinstance(value, bool) else str(value)
        for one, value in known.items()
        if isinstance(value, bool | int | str)
    }


def adding_form(
    request: Request,
    work: UnitOfWork,
    screen: Screen,
    within: list[UUID],
    typed: Typed,
    status: int = 200,
    **more: Any,
) -> Response:
    """Show the form that adds a row."""
    form = Form(settable(work, screen, screen.added), typed, **more)
    return page(
        request,
        "form",
        work,
        status,
        screen=screen,
        title=f"Add {screen.words.one}",
        form=form,
        options=options_of(work, form.fields, typed),
        action=screen.home(*within),
        back=screen.home(*within),
        once=typed.get("once") or str(uuid4()),
        multipart=any(one.kind is FILE for one in form.fields),
    )


def adding(screen: Screen) -> Endpoint:
    """Give the endpoint that takes the form of a new row."""

    async def endpoint(request: Request, **parent: UUID) -> Response:
        typed = await typed_form(request)
        return await run_in_threadpool(add, request, screen, list(parent.values()), typed)

    return taking(endpoint, screen.policy)


def add(request: Request, screen: Screen, within: list[UUID], typed: Typed) -> Response:
    """Add a row, or show the form again with what was wrong."""
    place = place_of(request)
    problem = Problem("")
    if not typed.get("look"):
        try:
            with unit_of_work(request) as work:
                fields = settable(work, screen, screen.added)
                sent = as_sent(typed, fields, place) | uploaded(work, screen, fields, typed)
                body = checked(
                    screen.schema("Create"), {n: v for n, v in sent.items() if v is not None}
                )
                row = once(
                    replace(work, idempotency_key=typed.get("once") or None),
                    body,
                    lambda: screen.service.add(work, *within, body),
                )
                return see_other(screen.url(row))
        except (Invalid, Conflict, Forbidden) as refused:
            problem = refused
    with unit_of_work(request) as work:
        return adding_form(request, work, screen, within, typed, **said(problem))


def checked(schema: type[Any], sent: dict[str, Any]) -> Any:
    """Give the body that was sent; raises Invalid with what is wrong in each field."""
    try:
        return schema.model_validate(sent)
    except ValidationError as error:
        raise Invalid(
            "Some of this cannot be kept as it is.", errors=faults(error.errors())
        ) from None


def said(problem: Problem) -> dict[str, Any]:
    """Give what a form shows of a problem."""
    errors = {error.field.partition(".")[0]: error.message for error in problem.errors}
    if not problem.detail:
        return {}
    return {"errors": errors, "refused": problem.detail, "status": problem.status}


def uploaded(
    work: UnitOfWork, screen: Screen, fields: Sequence[Field], typed: Typed
) -> dict[str, str]:
    """Keep the files that came with a form; gives the id of each by its field."""
    found = {}
    for one in fields:
        if one.kind is FILE and one.name in typed.files:
            sort, upload = FileField.of(screen.policy.table.c[one.name]), typed.files[one.name]
            file = kept(sort, upload.file, quote(upload.filename or "", safe="")[:600] or None)
            found[one.name] = str(noted(work, file).id)
    return found


def editing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of the form that changes a row."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = screen.service.see(work, *parent.values(), id)
            shown = filled(row, editable(work, screen), place_of(request))
            return changing_form(request, work, screen, row, shown)

    return taking(endpoint, screen.policy, id=UUID)


def editable(work: UnitOfWork, screen: Screen) -> list[Field]:
    """Give the fields that the actor may change: what they do not see is not typed over."""
    unseen = screen.policy.hidden_from(work.actor) | screen.policy.masked
    return [one for one in settable(work, screen, screen.changed) if one.name not in unseen]


def changing_form(
    request: Request,
    work: UnitOfWork,
    screen: Screen,
    row: Any,
    typed: Typed,
    status: int = 200,
    **more: Any,
) -> Response:
    """Show the form that changes a row."""
    form = Form(editable(work, screen), typed, version=row.version, **more)
    return page(
        request,
        "form",
        work,
        status,
        screen=screen,
        title=f"Change {name_of(work, row)}",
        form=form,
        options=options_of(work, form.fields, typed),
        action=screen.url(row),
        back=screen.url(row),
        once="",
        multipart=any(one.kind is FILE for one in form.fields),
    )


def changing(screen: Screen) -> Endpoint:
    """Give the endpoint that takes the form of a changed row."""

    async def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        typed = await typed_form(request)
        return await run_in_threadpool(change, request, screen, [*parent.values(), id], typed)

    return taking(endpoint, screen.policy, id=UUID)


def change(request: Request, screen: Screen, ids: list[UUID], typed: Typed) -> Response:
    """Change a row, or show the form again: with what was wrong, or with what others changed."""
    place, problem = place_of(request), Problem("")
    if not typed.get("look"):
        try:
            with unit_of_work(request) as work:
                row = screen.service.see(work, *ids)
                fields = editable(work, screen)
                shown = filled(row, fields, place)
                if typed.get("version") != str(row.version):
                    theirs = as_read(changes(typed, shown, fields), shown)
                    notice = "Somebody else changed this meanwhile. Choose, and save again."
                    return changing_form(
                        request, work, screen, row, typed, 412, refused=notice, theirs=theirs
                    )
                wanted = changes(typed, shown, fields)
                sent = as_sent(typed, wanted, place) | uploaded(work, screen, wanted, typed)
                body = checked(screen.schema("Change"), sent)
                screen.service.change(replace(work, if_match=f'"{row.version}"'), *ids, body)
                return see_other(screen.url(row))
        except (Invalid, Conflict, Forbidden) as refused:
            problem = refused
    with unit_of_work(request) as work:
        row = screen.service.see(work, *ids)
        return changing_form(request, work, screen, row, typed, **said(problem))


def as_read(fields: Sequence[Field], shown: Typed) -> dict[str, str]:
    """Give what stands now in fields in which something else was typed."""
    return {
        one.name: shown.get(one.name) or ", ".join(shown.lists.get(one.name, ())) or "nothing"
        for one in fields
    }
