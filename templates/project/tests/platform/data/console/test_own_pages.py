"""Pages that a record has of its own: they are used, and open nothing that was shut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi import APIRouter, Response
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.platform.console.own import BASE, NOTHING, PAGES, Own
from app.platform.console.router import pages_of
from app.platform.console.routes import Routes
from app.platform.console.screens import Screen
from app.platform.db import new_id
from app.platform.identity.cookie import cookie_name
from dev import PROJECT
from tests.calling import Shared, application
from tests.platform.data.console.reading import Read
from tests.platform.data.console.screens import TRIED
from tests.platform.data.parcels import Parcel
from tests.platform.data.working import Begin, shelf

HOME, PARCELS = "/records/shelves", "/records/parcels"
SOME = "01a21d26-ce08-7478-a31d-d7d7f5ae411d"
Serve = Callable[..., TestClient]
DOCS = (PROJECT / "docs/pages.md").read_text(encoding="utf-8")
PYTHON, *_ = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
ROW, BOARD = re.findall(r"```html\n(.*?)```", DOCS, re.DOTALL)


@pytest.fixture
def serve(
    connection: Connection, browse: Callable[..., TestClient], sign_in: Callable[..., TestClient]
) -> Iterator[Serve]:
    """Give a browser on an application in which records have these pages of their own."""
    with ExitStack() as stack:

        def begin(own: Mapping[str, Own], *roles: str) -> TestClient:
            screens = [replace(one, own=own.get(one.table, NOTHING)) for one in TRIED.values()]
            shell = stack.enter_context(application(pages_of(screens)))
            web = browse(stack.enter_context(Shared(connection).under(shell)))
            web.headers["Accept"] = "text/html"
            web.cookies.set(cookie_name(), sign_in(*roles).cookies[cookie_name()])
            return web

        yield begin


def planted(*names: str) -> Own:
    """Give a `pages.py` whose functions of these names give what asks nobody who they are."""
    module = ModuleType("planted")
    for name in names:
        setattr(module, name, telling)
    return Own(module)


def telling(screen: Screen, *_: Any) -> Callable[[], Response]:
    """Give an endpoint that asks nobody who they are."""
    return lambda: Response(f"all {screen.words.many}")


def plain(answer: Any) -> str:
    """Give a page without what is another each time."""
    return re.sub(r'nonce="[^"]+"|value="[0-9a-f-]{36}"', "", answer.text)


def test_a_function_replaces_the_page_of_its_name_and_no_other(
    serve: Serve, as_somebody: Callable[..., TestClient], work: Begin
) -> None:
    row = shelf(work("keeper"), "one")
    web = serve({"try_shelves": planted("listing")}, "keeper")
    assert web.get(HOME).text == "all shelves"
    usual = as_somebody("keeper")
    for path in (f"{HOME}/{row.id}", f"{HOME}/new", f"{HOME}/{row.id}/boxes", "/records/tags"):
        assert plain(web.get(path)) == plain(usual.get(path))
    assert Read(web.post(f"{HOME}/search", data={"words": "one"})).texts("tbody th") == ["one"]


def test_no_page_of_its_own_drops_a_rule(
    serve: Serve, sign_in: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(APIRouter, "add_api_route", noting(APIRouter.add_api_route, found))
    web = serve(dict.fromkeys(TRIED, planted(*PAGES)), "nobody at all")
    monkeypatch.undo()
    assert len(found) > len(TRIED) * 5
    assert {web.request(*one).status_code for one in found} == {403}
    web.cookies.clear()
    for method, path in found:
        answer = web.request(method, path, follow_redirects=False)
        assert answer.status_code == (303 if method == "GET" else 401), path
    web.cookies.set(cookie_name(), sign_in("watcher").cookies[cookie_name()])
    let_in = [one for one in found if web.request(*one).text.startswith("all")]
    assert {path.removeprefix(f"{HOME}/{SOME}") for _, path in let_in if HOME in path} == {
        HOME, f"{HOME}/search", f"{HOME}/import", f"{HOME}/import/run",
        "", "/history", "/boxes", "/boxes/search", "/boxes/import", "/boxes/import/run",
        f"/boxes/{SOME}", f"/boxes/{SOME}/history",
    }  # fmt: skip


def noting(add: Any, found: list[tuple[str, str]]) -> Any:
    """Note the addresses of what was planted."""

    def note(router: APIRouter, path: str, endpoint: Any, **more: Any) -> None:
        if endpoint.__qualname__.startswith("telling"):
            row = re.sub(r"{[a-z_]+:uuid}", SOME, path)
            found.extend((method, row) for method in more.get("methods", ["GET"]))
        add(router, path, endpoint, **more)

    return note


def test_a_template_replaces_that_of_its_record_alone(
    serve: Serve, work: Begin, tmp_path: Path, as_somebody: Callable[..., TestClient]
) -> None:
    (tmp_path / "row.html").write_text(ROW)
    row = shelf(work("keeper"), "one")
    web = serve({"try_shelves": Own(templates=tmp_path)}, "keeper")
    page = Read(web.get(f"{HOME}/{row.id}"))
    assert "Call the household" in page.texts("main > p")[-1]
    assert page.texts("h1") == ["one"]
    usual = as_somebody("keeper")
    assert "household" not in usual.get(f"{HOME}/{row.id}").text
    assert plain(web.get(HOME)) == plain(usual.get(HOME))


def test_every_page_of_a_record_can_have_a_template(
    serve: Serve, work: Begin, tmp_path: Path
) -> None:
    for name in ("list", "form", "row", "history", "import"):
        (tmp_path / f"{name}.html").write_text("{{ '<' }}mine: {{ screen.words.one }}")
    row = shelf(work("keeper"), "one")
    web = serve({"try_shelves": Own(templates=tmp_path)}, "keeper")
    for path in ("", "/new", f"/{row.id}", f"/{row.id}/edit", f"/{row.id}/history", "/import"):
        assert web.get(HOME + path).text == "&lt;mine: shelf", path


def test_the_example_works(serve: Serve, work: Begin, tmp_path: Path) -> None:
    keeper = work("keeper")
    parcels = [
        Parcel(id=new_id(), stage=stage, created_by=keeper.actor.id, updated_by=keeper.actor.id)
        for stage in ("packed", "sent")
    ]
    keeper.session.add_all(parcels)
    keeper.session.commit()
    example = ModuleType("example")
    exec(PYTHON, vars(example))  # noqa: S102  -- it is ours
    (tmp_path / "_board.html").write_text(BOARD)
    web = serve({"try_parcels": Own(example, tmp_path)}, "keeper")
    page = Read(web.get(PARCELS))
    assert page.texts("h1") == ["Parcels"]
    assert page.texts("h2") == ["Packed", "Sent", "Back", "Lost"]
    assert [len(column.select("a")) for column in page.page.select("main section")] == [1, 1, 0, 0]
    assert page.page.select("main a")[0]["href"] == f"{PARCELS}/{parcels[0].id}"


def test_the_docs_name_every_page_and_template(monkeypatch: pytest.MonkeyPatch) -> None:
    made: set[str] = set()

    def add(_: Routes, _path: str, _verb: str, make: Any, *_said: Any, **_more: Any) -> None:
        made.add(make.__name__)

    monkeypatch.setattr(Routes, "add", add)
    pages_of(TRIED.values())
    assert made == set(PAGES)
    assert [name for name in PAGES if f"`{name}`" not in DOCS] == []
    named = set(re.findall(r"`([a-z]+\.html)`", DOCS))
    assert {"list.html", "row.html", "form.html"} <= named <= {path.name for path in BASE.iterdir()}
