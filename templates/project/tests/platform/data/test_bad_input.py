"""Bad input of many kinds: each is refused with words that say what to mend, and nothing is kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

HOME = "/try/shelves"
JSON = {"Content-Type": "application/json"}
CANARY = "zoe-canary-31"
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
ALL = "[" + ", ".join(f'"{NOBODY[:-3]}{number:03d}"' for number in range(101)) + "]"


@dataclass(frozen=True, slots=True)
class Bad:
    """A request, the status of its answer, and what that blames: a field, or the whole by a code."""

    status: int
    blames: str
    content: bytes = b""
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def body(status: int, blames: str, more: str) -> Bad:
    """A shelf that is fine but for one field."""
    return Bad(status, blames, f'{{"label": "fine", {more}}}'.encode())


BODIES: dict[str, Bad] = {
    "a NUL": Bad(422, "label", b'{"label": "a\\u0000b"}'),
    "half a character": Bad(422, "label", b'{"label": "a\\ud800b"}'),
    "a NUL inside of JSON": body(422, "more", '"more": "\\u0000"'),
    "half a character as a key": body(422, "more", '"more": {"\\udfff": 1}'),
    "a number without an end": body(422, "more", '"more": 1e999'),
    "no number at all": body(422, "more", '"more": NaN'),
    "deep JSON": body(422, "more", '"more": ' + "[" * 60 + "]" * 60),
    "deeper than anybody reads": Bad(400, "malformed", b"[" * 200_000),
    "thousands of digits": Bad(400, "malformed", b'{"more": ' + b"9" * 5000 + b"}"),
    "an integer that readers round": body(422, "height", '"height": 9007199254740992'),
    "an integer in floating point": body(422, "height", '"height": 1e30'),
    "a fraction of an integer": body(422, "height", '"height": 1.5'),
    "an integer below its bound": body(422, "height", '"height": 0'),
    "yes for an integer": body(422, "height", '"height": true'),
    "a text for an integer": body(422, "height", '"height": "7"'),
    "a number for money": body(422, "price", '"price": 12.5'),
    "a third of a cent": body(422, "price", '"price": "12.505"'),
    "money in floating point": body(422, "price", '"price": "1e2"'),
    "money that is no number": body(422, "price", '"price": "NaN"'),
    "a minus before nothing": body(422, "price", '"price": "-0.00"'),
    "money above its bound": body(422, "price", '"price": "1000.01"'),
    "money in other digits": body(422, "price", '"price": "١٢"'),
    "a date beyond all calendars": body(422, "seen_on", '"seen_on": "10000-01-01"'),
    "a day that there is not": body(422, "seen_on", '"seen_on": "2026-02-30"'),
    "a date before its bound": body(422, "seen_on", '"seen_on": "2019-12-31"'),
    "a date as a number": body(422, "seen_on", '"seen_on": 0'),
    "a date with a time": body(422, "seen_on", '"seen_on": "2026-01-01T00:00:00Z"'),
    "an id in braces": body(422, "tags.0", f'"tags": ["{{{NOBODY}}}"]'),
    "the same id twice": body(422, "tags", f'"tags": ["{NOBODY}", "{NOBODY}"]'),
    "more ids than anybody needs": body(422, "tags", f'"tags": {ALL}'),
    "an id of nothing": body(409, "owner_id", f'"owner_id": "{NOBODY}"'),
    "an id that is set by us": body(422, "id", f'"id": "{NOBODY}"'),
    "a field that nobody declared": body(422, "surprise", f'"surprise": "{CANARY}"'),
    "a choice that there is not": body(422, "room", f'"room": "{CANARY}"'),
    "no choice": body(422, "room", '"room": null'),
    "yes in words": body(422, "stands", '"stands": "yes"'),
    "a text of blanks": body(422, "note", '"note": "  "'),
    "a text that is too long": body(422, "note", f'"note": "{CANARY * 9}"'),
    "a text of another form": Bad(422, "label", f'{{"label": "{CANARY}"}}'.encode()),
    "nothing where something is needed": Bad(422, "label", b'{"label": null}'),
    "a field left out": Bad(422, "label", b"{}"),
    "a list for an object": Bad(422, "", b"[]"),
    "a text for an object": Bad(422, "", f'"{CANARY}"'.encode()),
    "an object that does not end": Bad(422, "", b'{"label": "fine"'),
    "two objects": Bad(422, "", b'{"label": "fine"}{"label": "fine"}'),
    "bytes of no encoding": Bad(400, "malformed", b'{"label": "\xff\xfe"}'),
    "another encoding": Bad(400, "malformed", '{"label": "fünf"}'.encode("latin-1")),
    "no body": Bad(422, "", b""),
    "a form": Bad(422, "", b"label=fine", headers={"Content-Type": "text/plain"}),
    "a packed body": Bad(400, "malformed", gzip.compress(b'{"label": "fine"}')),
    "more than anybody sends": Bad(413, "too_large", b'{"label": "' + b"a" * 2_000_000 + b'"}'),
    "a key of blanks": Bad(
        422, "Idempotency-Key", b'{"label": "fine"}', headers={"Idempotency-Key": "two words"}
    ),
}
QUERIES: dict[str, Bad] = {
    "a NUL": Bad(422, "label", query="label=%00"),
    "half a byte": Bad(422, "label", query="label=%ff%00"),
    "no page": Bad(422, "limit", query="limit=0"),
    "a page that is too long": Bad(422, "limit", query="limit=101"),
    "a number with a sign": Bad(422, "limit", query="limit=%2B5"),
    "a number as Python writes it": Bad(422, "limit", query="limit=1_0"),
    "a number with a point": Bad(422, "limit", query="limit=5.0"),
    "digits of another script": Bad(422, "limit", query="limit=%D9%A1"),
    "a place that is none": Bad(422, "after", query=f"after={CANARY}"),
    "a place that is gone": Bad(409, "after", query=f"after={NOBODY}&sort=label"),
    "an order that there is not": Bad(422, "sort", query="sort=version"),
    "an order with a command": Bad(422, "sort", query="sort=label;drop"),
    "a number that readers round": Bad(422, "height", query="height=9007199254740992"),
    "yes as a number": Bad(422, "stands", query="stands=1"),
    "yes as Python writes it": Bad(422, "stands", query="stands=True"),
    "a number with zeros before": Bad(422, "height", query="height=007"),
    "money that is no number": Bad(422, "price__gte", query="price__gte=NaN"),
    "a comparison that there is not": Bad(422, "label__gte", query="label__gte=a"),
    "a choice that there is not": Bad(422, "room", query=f"room={CANARY}"),
    "a filter that there is not": Bad(422, "surprise", query=f"surprise={CANARY}"),
}
VERSIONS = {
    "none": (428, {}),
    "of before": (412, {"If-Match": '"0"'}),
    "weak": (412, {"If-Match": 'W/"1"'}),
    "any": (412, {"If-Match": "*"}),
    "bare": (412, {"If-Match": "1"}),
    "several": (412, {"If-Match": '"1", "2"'}),
    "a text": (412, {"If-Match": CANARY}),
    "empty": (412, {"If-Match": ""}),
}


def refused(answer: Response, status: int, blames: str) -> None:
    """See that an answer says what is wrong, where, and nothing of what was sent."""
    problem = answer.json()
    assert answer.status_code == status, answer.text
    fields = {fault["field"] for fault in problem["errors"]}
    assert blames in fields | {problem["code"]}, answer.text
    said = [problem["detail"], *(fault["message"] for fault in problem["errors"])]
    assert any(said), answer.text
    assert CANARY not in answer.text


@pytest.fixture
def keeper(as_somebody: Callable[..., TestClient]) -> TestClient:
    """Somebody who may do everything with shelves."""
    return as_somebody("keeper")


@pytest.mark.parametrize("bad", BODIES.values(), ids=BODIES)
def test_a_bad_body_is_refused_with_its_place(keeper: TestClient, bad: Bad) -> None:
    answer = keeper.post(HOME, content=bad.content, headers=JSON | bad.headers)
    refused(answer, bad.status, bad.blames)
    assert keeper.get(HOME).json()["items"] == []


@pytest.mark.parametrize("bad", QUERIES.values(), ids=QUERIES)
def test_a_bad_query_is_refused_with_its_place(keeper: TestClient, bad: Bad) -> None:
    refused(keeper.get(f"{HOME}?{bad.query}"), bad.status, bad.blames)


@pytest.mark.parametrize(("status", "headers"), VERSIONS.values(), ids=VERSIONS)
def test_a_version_that_nobody_read_changes_nothing(
    keeper: TestClient, status: int, headers: dict[str, str]
) -> None:
    url = f"{HOME}/{keeper.post(HOME, json={'label': 'fine'}).json()['id']}"
    code = "precondition_required" if status == 428 else "changed_meanwhile"
    refused(keeper.patch(url, json={"room": "south"}, headers=headers), status, code)
    refused(keeper.delete(url, headers=headers), status, code)
    assert keeper.get(url).json()["version"] == 1


def test_what_was_sent_twice_is_done_once(keeper: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    first, again = (keeper.post(HOME, json={"label": "fine"}, headers=key) for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    refused(keeper.post(HOME, json={"label": "other"}, headers=key), 409, "key_reused")
    refused(keeper.post(HOME, json={"label": "fine"}), 409, "taken")
    assert len(keeper.get(HOME).json()["items"]) == 1
