"""Pages from the attacker's side: scripts in every field, foreign sites, frames, caches, guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from app.platform.db import Session, new_id
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.parcels import Parcel, parcel
from tests.platform.data.things import Box, Shelf, Tag
from tests.platform.data.working import Begin, box, owned, secret, shelf

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "{{ 'zy'~'gote' }}{% include 'x' %}",
    "</textarea><script>alert(1)</script>",
]


def every_page(web: TestClient, part: Box, sent: Parcel) -> Iterator[str]:
    """Give every page that shows something of what was typed."""
    url, parcels = f"{HOME}/{part.shelf_id}", f"/records/parcels/{sent.id}"
    one = f"{url}/boxes/{part.id}"
    for path in (
        "/", HOME, f"{HOME}?room=north&sort=label", f"{HOME}/new", url, f"{url}/edit",
        f"{url}/history", f"{url}/boxes", f"{url}/boxes/new", one, f"{one}/edit", f"{one}/history", "/records/tags",
        parcels, f"{parcels}/history", "/records/secrets",
    ):  # fmt: skip
        answer = web.get(path)
        assert answer.status_code == 200, path
        yield answer.text
    yield web.post(f"{url}/unmask").text


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_people_typed_is_never_a_part_of_a_page(
    as_somebody: AsSomebody, work: Begin, session: Session, samples: Samples, script: str
) -> None:
    keeper = work("keeper")
    tag = Tag(name=script[:20])
    session.add(tag)
    session.flush()
    row = shelf(keeper, "one", note=script[:50], more={script: script}, tags=[str(tag.id)])
    part = box(keeper, row, script[:20])
    secret(keeper, script[:50])
    owned(samples, row)
    sent, web = parcel(session, stage="sent"), as_somebody("keeper")
    said = {"shown-version": "1", "where": script}
    assert web.post(f"/records/parcels/{sent.id}/moves/lose", data=said).status_code == 200
    for text in every_page(web, part, sent):
        assert without_our_own(text) == []
        assert "zygote" not in text


@pytest.mark.parametrize("script", [*SCRIPTS, "\x00", "x" * 5000, "\u202e" * 50, "9" * 400])
def test_what_is_refused_comes_back_as_text(
    as_somebody: AsSomebody, work: Begin, session: Session, script: str
) -> None:
    row, sent = shelf(work("keeper"), "one"), parcel(session, stage="sent")
    web = as_somebody("keeper")
    every = dict.fromkeys(
        ("label", "price", "height", "more", "note", "room", "follows_id"), script
    )
    answers = [
        web.post(HOME, data=every | {"find-follows_id": script, "send-once": script}),
        web.post(f"{HOME}/{row.id}", data=every | {"shown-version": script}),
        web.post(f"{HOME}/search", data={"words": script}),
        web.post(
            f"/records/parcels/{sent.id}/moves/lose", data={"where": script, "shown-version": "9"}
        ),
        web.post("/sign-in", data={"login": script, "password": script, "next": f"/{script}"}),
        web.get(HOME, params=dict.fromkeys(("room", "label", "height", "sort", "after"), script)),
        web.get(f"{HOME}/new", params=every),
        web.get(f"{HOME}/{row.id}/history", params={"after": script}),
        web.get(f"/{quote(script, safe='')}"),
        web.get(f"{HOME}/{quote(script, safe='')}"),
        web.post(HOME, data={"find-follows_id": script, "look-for": "follows_id"}),
        web.post(f"{HOME}/{row.id}", data={"find-follows_id": script, "look-for": script}),
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert without_our_own(answer.text) == []
        assert "zygote" not in answer.text


def without_our_own(text: str) -> list[str]:
    """Give what a browser would run or fetch besides what our layout says."""
    page = BeautifulSoup(text, "html.parser")
    found = [str(one) for one in page.select("img, svg, iframe, object, embed, base, style")]
    found += [str(one) for one in page.select("script") if not own(one)]
    for one in page.find_all(True):
        found += [str(one) for name in one.attrs if name.startswith("on") or name == "style"]
        address = str(one.get("href") or one.get("action") or "/")
        found += [str(one)] if not re.match(r"[/#?]", address) else []
    return found


def own(script: Any) -> bool:
    """Whether a script is ours: a file of ours, and nothing that stands in the page."""
    return str(script.get("src", "")).startswith("/assets/") and not script.text.strip()


def test_a_page_lets_nothing_foreign_in_and_is_kept_nowhere(
    as_somebody: AsSomebody, shelves: list[Shelf]
) -> None:
    web = as_somebody("keeper")
    nonces = set()
    for path in ("/", HOME, f"{HOME}/{shelves[0].id}", "/sign-in", "/nowhere"):
        headers = web.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-")
        for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        nonces.add(re.findall("nonce-([^']+)", policy)[0])
    assert len(nonces) == 5


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_no_other_site_presses_a_button(
    as_somebody: AsSomebody, work: Begin, session: Session, site: str
) -> None:
    row, sent = shelf(work("keeper"), "one"), parcel(session)
    web = as_somebody("keeper", "sender")
    headers = {"Sec-Fetch-Site": site}
    for url, said in (
        (HOME, {"label": "two"}),
        (f"{HOME}/{row.id}", {"label": "two", "shown-version": "1"}),
        (f"{HOME}/{row.id}/archive", {"shown-version": "1"}),
        (f"{HOME}/{row.id}/unmask", {}),
        (f"/records/parcels/{sent.id}/moves/send", {"shown-version": "1"}),
        ("/sign-out", {}),
        ("/sign-in", {"login": "ana@example.com", "password": "x"}),
    ):
        answer = web.post(url, data=said, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    session.refresh(row)
    assert (row.label, row.archived_at, sent.stage) == ("one", None, "packed")


def test_nothing_is_done_by_reading(as_somebody: AsSomebody, work: Begin, session: Session) -> None:
    row, sent = shelf(work("keeper"), "one"), parcel(session)
    web = as_somebody("keeper", "sender")
    for url in (
        f"{HOME}/{row.id}/archive", f"{HOME}/{row.id}/unmask",
        f"/records/parcels/{sent.id}/moves/send", "/sign-out",
    ):  # fmt: skip
        assert web.get(url).status_code == 405


def test_assets_are_told_by_their_content(web: TestClient) -> None:
    page = Read(web.get("/sign-in"))
    linked = [one["href"] for one in page.page.select("link")]
    for link in (*linked, page.one("script")["src"]):
        answer = web.get(str(link))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith(("text/", "image/svg"))
    for wrong in ("/assets/x/console.css", "/assets/x/pages.py", f"/assets/x/{new_id()}"):
        assert web.get(wrong).status_code == 404


def test_a_mistake_of_ours_is_a_page_that_tells_nothing(
    as_somebody: AsSomebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = as_somebody("keeper")

    def broken(*_: Any) -> None:
        raise RuntimeError("zoe-canary")

    monkeypatch.setattr("app.platform.console.lists.columns_of", broken)
    answer = web.get(HOME)
    assert answer.status_code == 500
    assert Read(answer).texts("h1") == ["Something went wrong"]
    assert "zoe-canary" not in answer.text


def test_a_zone_that_a_browser_makes_up_is_not_believed(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row, web = shelf(work("keeper"), "one"), as_somebody("keeper")
    for zone in ("../../etc/passwd", "Mars/Olympus", "<script>", "Asia/Tokyo"):
        web.cookies.set("zone", zone)
        assert web.get(f"{HOME}/{row.id}").status_code == 200
