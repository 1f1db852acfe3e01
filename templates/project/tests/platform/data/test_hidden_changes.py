"""What the history of changes does not hold, and what of it is not shown to everybody."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Uuid, select

from app.platform.changes import as_field, changes
from app.platform.db import Session
from app.platform.errors import Forbidden
from app.platform.readings import Reading
from app.platform.schemas import ChangesQuery
from tests.platform.data.test_changes import ALL, latest, notes
from tests.platform.data.things import Secrets, Shelves
from tests.platform.data.working import Begin, secret, shelf

MASKED = ChangesQuery.model_validate({"with_masked": "true"})


def test_sealed_values_are_not_in_the_history(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    row = secret(keeper, "zoe-canary", code=Decimal("12.50"))
    ((_, said),) = notes(session, row.id)
    assert said["name"] == said["code"] == {"sealed": True}
    item = changes(Secrets(keeper), row.id, MASKED).items[0]
    hidden = {field.field: field.hidden for field in item.fields}
    assert hidden == {"name": True, "code": True, "room": False}


def test_masked_values_show_to_those_who_may_unmask_and_ask(work: Begin, session: Session) -> None:
    keeper = work("keeper")
    row = shelf(keeper, note="by the window")
    assert "note" not in latest(changes(Shelves(keeper), row.id, ALL))
    shown = latest(changes(Shelves(keeper), row.id, MASKED))
    assert shown["note"] == (None, "by the window")
    look = session.scalars(select(Reading).where(Reading.actor_id == keeper.actor.id)).one()
    assert (look.fields, look.record_ids) == (["note"], [row.id])
    with pytest.raises(Forbidden):
        changes(Shelves(work("watcher")), row.id, MASKED)


def test_fields_that_a_role_does_not_see_are_hidden(work: Begin) -> None:
    row = shelf(work("keeper"), height=4)
    assert latest(changes(Shelves(work("keeper")), row.id, ALL))["height"] == (None, 4)
    assert "height" not in latest(changes(Shelves(work("watcher")), row.id, ALL))


def test_a_field_that_is_no_more_is_hidden() -> None:
    said = {"old": "a", "new": "b"}
    assert as_field("gone", said, None).hidden
    assert as_field("there", said, Uuid()).new == "b"
