"""Moving a record from stage to stage, and the history of that.

A service first asks for the row with `to_move`, lets the rules look at it, and then calls `moved`.
The history only grows: the application may not change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import exists, select

from app.platform.apart import tenant_of
from app.platform.checks import refuse_stage
from app.platform.conditions import holds
from app.platform.db import Entity
from app.platform.errors import Conflict, FieldError, Forbidden, PreconditionFailed
from app.platform.messages.telling import tell
from app.platform.readings import record_showing
from app.platform.repository import Repository
from app.platform.schemas import HistoryItem, In, Page, PageQuery, sent
from app.platform.work import UnitOfWork
from app.platform.workflow import Move, Moved

Row = TypeVar("Row", bound=Entity)


def to_move(rows: Repository[Row], row_id: UUID, name: str, answers: In | None = None) -> Row:
    """Give one row that the actor may move so, as it is now; nobody else moves it meanwhile.

    What the move needs and `answers` bring is filled in.

    Raises NotFound and Forbidden as `get` does, PreconditionFailed for another version than the
    request's If-Match names, Conflict in another stage, in the archive, or while something is
    missing or the move's condition is not true, Forbidden where somebody else has to make this move,
    and what `fill_in` raises.
    """
    row: Any = rows.get(row_id, name)
    # Of two moves at once, the second waits here, and then finds another stage.
    rows.session.refresh(row, with_for_update=True)
    rows.get(row_id, name)  # it may have changed hands meanwhile
    move = rows.policy.workflow.moves[name]
    if rows.work.if_match not in (None, f'"{row.version}"'):
        raise PreconditionFailed("Someone else changed it meanwhile: read it again.")
    if row.archived_at is not None:
        raise Conflict("It is in the archive, where nothing moves.", code="archived")
    if row.stage not in move.stages:
        stage = row.stage.replace("_", " ")
        raise Conflict(f"It is {stage}, which this move does not begin with.", code="wrong_stage")
    refuse_same_person(rows.work, row, move)
    fill_in(rows, row, brought(move, answers))
    refuse_missing(row, move)
    refuse_unfit(rows.work, row, move)
    return row  # type: ignore[no-any-return]


def brought(move: Move, answers: In | None) -> dict[str, Any]:
    """Give what the answers to a move bring of what it needs."""
    said = {} if answers is None else sent(answers)
    return {name: said[name] for name in move.needs if said.get(name) is not None}


def fill_in(rows: Repository[Row], row: Row, values: Mapping[str, Any]) -> None:
    """Fill in what a move needs, in a locked stage too: it is the move that is made, no edit.

    Raises Forbidden for whoever may not change the row, or set a field, and Conflict for what is
    filled in already. So no row leaves anybody's scope: what a scope looks at is not blank.
    """
    if not values:
        return
    rows.get(row.id, "change")
    if known := [name for name in values if not is_blank(row, name)]:
        raise Conflict(
            "A move fills in what is blank. Change the rest before.",
            code="filled",
            errors=[FieldError(name, "filled", "is filled in already") for name in known],
        )
    rows.put(row, values)


def refuse_same_person(work: UnitOfWork, row: Entity, move: Move) -> None:
    """Refuse a move to whoever made the other move that it names; raises Forbidden."""
    made = exists().where(
        Moved.record_id == row.id,
        Moved.move == move.not_same_person_as,
        Moved.actor_id == work.actor.id,
    )
    if move.not_same_person_as is not None and work.session.scalar(select(made)):
        other = move.not_same_person_as.replace("_", " ")
        raise Forbidden(f"Somebody else has to: you made the move '{other}'.", code="same_person")


def refuse_missing(row: Entity, move: Move) -> None:
    """Refuse a move while something that it needs is blank; raises Conflict."""
    if missing := [name for name in move.needs if is_blank(row, name)]:
        raise Conflict(
            "Something has to be filled in before.",
            code="missing",
            errors=[FieldError(name, "missing", "is needed for this move") for name in missing],
        )


def is_blank(row: Entity, name: str) -> bool:
    """Whether nothing is filled in there."""
    return getattr(row, name) in (None, "", [])


def refuse_unfit(work: UnitOfWork, row: Entity, move: Move) -> None:
    """Refuse a move whose condition is not true of the row and the actor; raises Conflict."""
    if move.if_ is not None and not holds(work, row, move.if_.holds):
        raise Conflict(f"Only if {move.if_.words}.", code="condition")


def moved(rows: Repository[Row], row: Row, name: str, answers: In | None = None) -> Row:
    """Bring a row that came from `to_move` to the stage that the move leads to, and note it.

    Whom the move tells is written down with it. Raises Conflict where it would break a check there.
    """
    held: Any = row
    move, work = rows.policy.workflow.moves[name], rows.work
    refuse_stage(rows.session, row, move.to)
    rows.session.add(
        Moved(
            record=rows.policy.table.name,
            record_id=row.id,
            move=name,
            from_stage=held.stage,
            to_stage=move.to,
            answers=answers_of(move, answers),
            at=work.now,
            actor_id=work.actor.id,
            reference=work.reference,
            tenant__id=tenant_of(row),
        )
    )
    held.stage, held.updated_at, held.updated_by = move.to, work.now, work.actor.id
    rows.session.flush()
    tell(work, rows.policy, row, name)
    return row


def answers_of(move: Move, answers: In | None) -> dict[str, Any]:
    """Give the answers to what a move asks; what it filled in stands in the row."""
    said = {} if answers is None else answers.model_dump(exclude_unset=True)
    return {name: said[name] for name in said if name not in move.needs}


def history(rows: Repository[Row], row_id: UUID, query: PageQuery) -> Page[HistoryItem]:
    """Give a page of the moves of a row that the actor may see, the latest first.

    Raises what `get` raises.
    """
    row = rows.get(row_id)
    record_showing(rows.work, rows.policy, [row], ["history"])
    asked = select(Moved).where(Moved.record_id == row.id).order_by(Moved.id.desc())
    if query.after is not None:
        asked = asked.where(Moved.id < query.after)
    found = rows.session.scalars(asked.limit(query.limit + 1)).all()
    shown = [HistoryItem.model_construct(**as_item(move)) for move in found[: query.limit]]
    more = len(found) > query.limit
    return Page[HistoryItem].model_construct(items=shown, next=shown[-1].id if more else None)


def as_item(move: Moved) -> dict[str, Any]:
    """Give what the history shows of a move."""
    return {name: getattr(move, name) for name in HistoryItem.model_fields}
