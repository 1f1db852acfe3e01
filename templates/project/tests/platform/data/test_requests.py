"""A request from its access rule to its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from app.platform.db import Session, new_id
from app.platform.readings import Reading
from tests.platform.data.working import Begin

AsSomebody = Callable[..., TestClient]
HOME, SECRETS = "/try/shelves", "/try/secrets"


def codes(*answers: Response) -> list[str]:
    """Give the codes of problems."""
    return [answer.json()["code"] for answer in answers]


def test_a_route_without_a_rule_is_for_nobody(as_somebody: AsSomebody) -> None:
    assert as_somebody("keeper").get("/try/unruled").status_code == 403


def test_without_a_sign_in_nothing_begins(web: TestClient) -> None:
    assert web.get("/try/today").status_code == 401
    assert web.get(HOME).status_code == 401


def test_a_rule_is_answered_by_the_policy(as_somebody: AsSomebody) -> None:
    assert as_somebody().get("/try/today").status_code == 200
    assert as_somebody().get(HOME).status_code == 403
    assert as_somebody("watcher").get(HOME).status_code == 200
    assert as_somebody("watcher").post(HOME, json={"label": "no"}).status_code == 403


def test_roles_are_those_of_this_moment(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    assert keeper.get(HOME).status_code == 200
    as_somebody("adder")
    assert keeper.get(HOME).status_code == 403


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-03-31T12:00Z", "2026-03-31"), ("2026-04-01T02:00Z", "2026-03-31")],
)
def test_today_is_the_day_where_the_system_is(work: Begin, moment: str, day: str) -> None:
    now = datetime.fromisoformat(moment).astimezone(UTC)
    begun = work("keeper", now=now)
    there = begun.settings.model_copy(update={"time_zone": "America/Chicago"})
    assert work("keeper", now=now, settings=there).today.isoformat() == day


def test_the_work_of_a_request_knows_its_route(as_somebody: AsSomebody) -> None:
    assert as_somebody().get("/try/today").json()["route"] == "GET /try/today"


def test_a_record_is_added_changed_and_archived(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    added = keeper.post(HOME, json={"label": "a shelf", "price": "12.50", "more": {"a": [1]}})
    assert (added.status_code, added.headers["etag"]) == (201, '"1"')
    shown = added.json()
    assert (shown["price"], shown["more"], shown["tags"]) == ("12.50", {"a": [1]}, [])
    assert shown["created_at"].endswith("Z")
    assert shown["hidden_fields"] == ["note"]
    url = f"{HOME}/{shown['id']}"
    changed = keeper.patch(url, json={"price": None}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["price"] is None
    assert keeper.patch(url, json={}, headers={"If-Match": '"1"'}).status_code == 412
    assert keeper.delete(url).status_code == 428
    gone = keeper.delete(url, headers={"If-Match": '"2"'})
    assert (gone.status_code, gone.content) == (204, b"")
    assert keeper.get(HOME).json() == {"items": [], "next": None}
    assert keeper.get(url).json()["archived_at"] is not None


def test_pages_follow_each_other(as_somebody: AsSomebody) -> None:
    keeper = as_somebody("keeper")
    for label in ("one", "two", "three"):
        keeper.post(HOME, json={"label": label})
    first = keeper.get(HOME, params={"limit": 2, "sort": "label"}).json()
    rest = keeper.get(HOME, params={"limit": 2, "sort": "label", "after": first["next"]}).json()
    labels = [item["label"] for item in first["items"] + rest["items"]]
    assert labels == ["one", "three", "two"]
    assert rest["next"] is None
    lost = keeper.get(HOME, params={"sort": "label", "after": str(new_id())})
    assert (lost.status_code, codes(lost)) == (409, ["unknown_place"])


def test_who_adds_without_seeing_learns_the_id_alone(as_somebody: AsSomebody) -> None:
    added = as_somebody("adder").post(HOME, json={"label": "a shelf"})
    assert added.status_code == 201
    assert list(added.json()) == ["id"]
    assert "etag" not in added.headers


def test_who_adds_what_is_out_of_sight_learns_the_id_alone(as_somebody: AsSomebody) -> None:
    added = as_somebody("adder", "helper").post(HOME, json={"label": "a shelf"})
    assert (added.status_code, list(added.json())) == (201, ["id"])


def test_the_same_request_twice_is_answered_within_todays_rights(
    as_somebody: AsSomebody,
) -> None:
    body, key = {"label": "a shelf", "note": "zoe-canary-31"}, {"Idempotency-Key": "once"}
    first = as_somebody("keeper").post(HOME, json=body, headers=key)
    again = as_somebody("adder").post(HOME, json=body, headers=key)
    assert again.json() == {"id": first.json()["id"]}
    other = as_somebody("keeper").post(HOME, json=body | {"label": "other"}, headers=key)
    assert (other.status_code, codes(other)) == (409, ["key_reused"])


@pytest.mark.parametrize("key", ["", "x" * 101, "two words", "naïve"])
def test_an_idempotency_key_is_short_and_plain(as_somebody: AsSomebody, key: str) -> None:
    answer = as_somebody("keeper").post(
        HOME, json={"label": "a shelf"}, headers={b"Idempotency-Key": key.encode()}
    )
    assert answer.status_code == 422


def test_unmasking_is_recorded_and_committed(as_somebody: AsSomebody, session: Session) -> None:
    keeper = as_somebody("keeper")
    added = keeper.post(SECRETS, json={"name": "zoe", "phone": "+1 555 0100"}).json()
    url = f"{SECRETS}/{added['id']}/unmask"
    answer = keeper.post(url, json={"fields": ["phone"]})
    assert answer.json() == {"name": None, "code": None, "phone": "+1 555 0100"}
    assert as_somebody("watcher").post(url, json={"fields": ["phone"]}).status_code == 403
    for wanted in (["room"], ["code_digest"], ["phone", "version"], []):
        assert as_somebody("keeper").post(url, json={"fields": wanted}).status_code == 422
    fields = session.scalars(select(Reading.fields).order_by(Reading.id)).all()
    assert fields == [["name"], ["phone"]]
