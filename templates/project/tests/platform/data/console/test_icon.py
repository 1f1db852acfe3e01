"""The icon of the pages."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.platform.data.console.reading import Read


def test_browsers_find_an_icon_on_pages_and_beside_them(web: TestClient) -> None:
    page = Read(web.get("/sign-in"))
    for address in (str(page.one('link[rel="icon"]')["href"]), "/favicon.ico"):
        answer = web.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert web.get("/favicon.ico").headers["cache-control"] == "public, max-age=86400"
