"""What every record's router adds beside the usual routes, from outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.platform.access import POLICIES, Grant
from app.platform.db import Session
from tests.platform.data import working
from tests.platform.data.parcels import parcel
from tests.platform.data.working import Begin

AsSomebody = Callable[..., TestClient]
PARCELS, SECRETS = "/try/parcels", "/try/secrets"


def test_a_move_is_made_and_its_history_shown(session: Session, as_somebody: AsSomebody) -> None:
    home = f"{PARCELS}/{parcel(session).id}"
    sender = as_somebody("sender")
    assert sender.post(f"{home}/send").json()["stage"] == "sent"
    assert [item["move"] for item in sender.get(f"{home}/history").json()["items"]] == ["send"]


def test_a_move_that_asks_and_needs_nothing_takes_no_body(
    session: Session, as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants = POLICIES["try_parcels"].grants
    monkeypatch.setitem(grants, "owner", [Grant("see"), Grant("return")])
    owner, row = as_somebody("owner"), parcel(session, stage="sent")
    assert owner.post(f"{PARCELS}/{row.id}/return").json()["stage"] == "back"


def test_what_a_move_asks_has_to_be_answered(session: Session, as_somebody: AsSomebody) -> None:
    home = f"{PARCELS}/{parcel(session, stage='sent').id}"
    keeper = as_somebody("keeper")
    assert keeper.post(f"{home}/lose", json={}).status_code == 422
    assert keeper.post(f"{home}/lose", json={"where": "In Porto"}).json()["stage"] == "lost"
    shown = keeper.get(f"{home}/history").json()["items"]
    assert shown[0]["answers"] == {"where": "In Porto"}


def test_rows_are_found_by_sealed_values_and_shown_in_the_clear(
    work: Begin, as_somebody: AsSomebody
) -> None:
    row = working.secret(work("keeper"), name="Key", code="12.50")
    keeper = as_somebody("keeper")
    found = keeper.post(f"{SECRETS}/find", json={"code": "12.50"}).json()["items"]
    assert [item["id"] for item in found] == [str(row.id)]
    clear = keeper.post(f"{SECRETS}/{row.id}/unmask", json={"fields": ["code"]})
    assert clear.json()["code"] == "12.50"
