"""The condition of a move: asked of the row and of who acts, sealed values included."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.platform.access import POLICIES
from app.platform.conditions import holds
from app.platform.errors import Conflict
from app.platform.moves import to_move
from app.platform.work import UnitOfWork
from tests.platform.data.bills import Bill, Bills, Payer, bill, charge
from tests.platform.data.working import Begin


@pytest.fixture
def keeper(work: Begin, monkeypatch: pytest.MonkeyPatch) -> UnitOfWork:
    """Work of somebody whose facts are those of a payer."""
    begun = work("keeper")
    monkeypatch.setitem(POLICIES, "users", POLICIES["try_payers"])
    return begun


def me(work: UnitOfWork, **facts: Any) -> Payer:
    """Make the row of who acts."""
    row = Payer(id=work.actor.id, **facts)
    work.session.add(row)
    work.session.flush()
    return row


def test_a_move_waits_for_its_condition(keeper: UnitOfWork) -> None:
    payer = me(keeper, most=Decimal(4))
    row = bill(keeper.session, charge("5", 1))
    with pytest.raises(Conflict) as refused:
        to_move(Bills(keeper), row.id, "pay")
    assert (refused.value.code, refused.value.detail) == (
        "condition",
        "Only if the total is at most your own most.",
    )
    payer.most = Decimal(5)
    keeper.session.flush()
    assert to_move(Bills(keeper), row.id, "pay") is row


@pytest.mark.parametrize("facts", [None, {}])
def test_who_has_no_such_fact_fulfils_nothing(
    keeper: UnitOfWork, facts: dict[str, Any] | None
) -> None:
    if facts is not None:
        me(keeper, **facts)
    row = bill(keeper.session)
    assert not holds(keeper, row, "{total} <= {my most}")
    assert not holds(keeper, row, "NOT ({total} <= {my most})")


SEALED = [
    ("{pin} > 6", True),
    ("{pin} > 7", False),
    ("{payer.pin} = 8", True),
    ("{my pin} - {pin} = 2", True),
    ("{sum of try_charges.pin} = 3", True),
    ("{sum of try_charges.wait} = INTERVAL '1 hour'", True),
    ("{about} IS NOT NULL", True),
    ("{payer.room} = 'it''s {pin}'", True),
    ("{room} = 'it''s {pin}' AND {today} > DATE '2020-01-01' AND {now} IS NOT NULL", True),
]


@pytest.mark.parametrize(("text", "true"), SEALED)
def test_conditions_read_what_is_sealed(keeper: UnitOfWork, text: str, true: bool) -> None:
    me(keeper, pin=9)
    payer = Payer(pin=8, room="it's {pin}")
    keeper.session.add(payer)
    keeper.session.flush()
    hour = dt.timedelta(hours=1)
    parts: list[dict[str, Any]] = [{"pin": 1, "wait": hour}, {"pin": 2}, {}]
    row = bill(keeper.session, *parts, pin=7, payer_id=payer.id, about={"a": 1})
    assert holds(keeper, row, text) is true


def test_what_is_blank_and_sealed_is_unknown(keeper: UnitOfWork) -> None:
    row: Bill = bill(keeper.session)
    assert not holds(keeper, row, "{pin} > 6")
    assert holds(keeper, row, "{payer.pin} IS NULL AND {about} IS NULL")
