"""The page of one row: what it holds, what comes next, its parts and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.platform.console import offers
from app.platform.console.choosing import PEOPLE, Options, options_of
from app.platform.console.fields import Field
from app.platform.console.following import following
from app.platform.console.forms import Form
from app.platform.console.kinds import Place, moment
from app.platform.console.names import UNSEEN, called, names_by_id, openable, related
from app.platform.console.notices import notice
from app.platform.console.pages import page, place_of
from app.platform.console.screens import Screen
from app.platform.console.shown import Cell, cell, place_of_row, stage_of
from app.platform.console.tables import Column, Line, columns_of, lines_of, told_elsewhere
from app.platform.console.trails import place_within, trail
from app.platform.console.typed import Typed
from app.platform.db import Entity
from app.platform.http.endpoints import taking
from app.platform.identity.holding import roles_of
from app.platform.views import views
from app.platform.work import UnitOfWork, unit_of_work

PARTS = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the row, and its value."""

    field: Field
    cell: Cell


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one kind: what they are called, and the first of them."""

    label: str
    one: str
    home: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    more: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked for by a button and refused: why, and what was typed to it."""

    button: str
    why: str
    status: int
    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)


def showing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of a row's page."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = screen.service.see(work, *parent.values(), id)
            return answer(request, work, screen, row)

    return taking(endpoint, screen.policy, id=UUID)


def answer(
    request: Request,
    work: UnitOfWork,
    screen: Screen,
    row: Any,
    refused: Refused | None = None,
    *,
    clear: Mapping[str, Any] = MappingProxyType({}),
) -> Response:
    """Answer with the page of a row that the actor may see; `clear` are masked values to show."""
    there = place_within(work, screen, screen.within(row), place_of(request))
    place, in_use = place_of_row(row, there), row.archived_at is None
    (view,) = views(work, screen.schema("Out"), [row])
    hidden = [name for name in view.hidden_fields if name not in clear]
    view = view.model_copy(update={**clear, "hidden_fields": hidden})
    fields = [f for f in screen.shown if f.name not in screen.policy.hidden_from(work.actor)]
    others, rights = related(work, fields, [view]), offers.rights(work, screen, row)
    offered = offers.moves_of(work, screen, row)
    opens = openable(work, fields)
    facts = facts_of(screen, [Fact(f, cell(screen, view, f, others, place, opens)) for f in fields])
    return page(
        request,
        "row",
        work,
        200 if refused is None else refused.status,
        screen=screen,
        trail=trail(work, screen, screen.within(row)),
        url=screen.url(row),
        name=called(screen, view, others),
        stage=stage_of(screen, row.stage) if hasattr(row, "stage") else None,
        archived=not in_use,
        version=row.version,
        facts=[fact for fact in facts if fact.cell.text or fact.cell.hidden],
        blank=[fact.field.label for fact in facts if not (fact.cell.text or fact.cell.hidden)],
        masked=[fact for fact in facts if fact.cell.hidden],
        offers=offered,
        forms={one.name: form_for(screen, row, one, refused) for one in offered},
        options=choices_for(work, offered, refused),
        rights=rights,
        parts=[
            parts_of(work, part, row, place, open=rights.change) for part in screen.parts if in_use
        ],
        roles=roles_of(work, [row.id]).get(row.id, []) if screen.table == PEOPLE else [],
        following=following(work, screen, row) if in_use else [],
        refused=refused,
        notice=notice(request, screen, work, row),
        **times(work, row, place),
    )


def form_for(screen: Screen, row: Entity, offer: offers.Offer, refused: Refused | None) -> Form:
    """Give the form of a move, with what was typed into it and refused."""
    said = refused if refused is not None and refused.button == offer.name else None
    return Form(
        title=offer.label,
        action=f"{screen.url(row)}/moves/{offer.name}",
        back=screen.url(row),
        fields=offer.brings,
        typed=Typed() if said is None else said.typed,
        errors={} if said is None else said.errors,
        mark=f"{offer.name}-",
    )


def choices_for(
    work: UnitOfWork, offered: Iterable[offers.Offer], refused: Refused | None
) -> dict[str, Options]:
    """Give what can be chosen for what the moves bring that can be made now; nobody looks further."""
    brought = [field for one in offered if not one.why_not for field in one.brings]
    typed = Typed() if refused is None else refused.typed
    found = options_of(work, brought, typed)
    return {name: replace(one, by_words=False) for name, one in found.items()}


def facts_of(screen: Screen, facts: Iterable[Fact]) -> list[Fact]:
    """Give the facts that stand on the page: not what its heading says, unless that is kept back."""
    told = {"stage", *told_elsewhere(screen)} - screen.policy.masked
    return [fact for fact in facts if fact.field.name not in told]


def times(work: UnitOfWork, row: Entity, place: Place) -> dict[str, str]:
    """Say when a row was added and changed, and by whom."""
    people = names_by_id(work, "users", {one for one in (row.created_by, row.updated_by) if one})

    def said(at: datetime, by: UUID | None) -> str:
        name = UNSEEN if by is None else people[by]
        return moment(at, place) if name == UNSEEN else f"{moment(at, place)} by {name}"

    return {
        "added": said(row.created_at, row.created_by),
        "changed": said(row.updated_at, row.updated_by),
    }


def parts_of(work: UnitOfWork, screen: Screen, whole: Entity, place: Place, *, open: bool) -> Parts:
    """Give the first parts of one kind that a row has; while it is `open`, more can be added."""
    query = screen.schema("Query")(limit=PARTS, sort="created_at")
    found, fields = screen.service.browse(work, whole.id, query), columns_of(screen, work)
    lines = lines_of(work, screen, fields, found.rows, place)
    may_add = open and screen.does("add")
    columns = [Column(field) for field in fields]
    more, home = found.next is not None, screen.home(whole.id)
    return Parts(screen.words.many, screen.words.one, home, columns, lines, more, may_add)
