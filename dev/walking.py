"""Goes through all kinds of pages that somebody can reach, one page of each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Page

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_PAGE = re.compile(r"^/(api|assets)/|/export\.(csv|xlsx)$")
FIRST = "/records/visits"
"""The record that has everything: moves, parts, files, and more than a page of rows."""

State = tuple[str, Callable[[Page], None]]


def page_of(browser: Browser, address: str, session: str | None) -> Page:
    """Open a window in which somebody is signed in, or nobody."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", base_url=address)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    if session is not None:
        context.add_cookies([{"name": "session", "value": session, "url": address}])
    return context.new_page()


def kind_of(path: str) -> str:
    """Give the kind of page that a path leads to: the same for each row, and for each record."""
    plain = ID.sub("*", path)
    return re.sub(r"^/records/[^/]+", "/records/*", plain)


def walk(page: Page) -> Iterator[str]:
    """Show one page of each kind that links lead to, and give its path."""
    waiting, known = ["/", FIRST], set[str]()
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in known:
            continue
        known.add(kind_of(path))
        page.goto(path)
        yield path
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        paths = [urlsplit(link).path for link in links]
        waiting += [one for one in paths if not NO_PAGE.search(one)]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the states of pages begin that no link leads to."""

    row: str


def states(places: Places) -> list[State]:
    """Give what pages show after something was done: each with how to get there."""
    return [
        ("filters in use", lambda page: go(page, f"{FIRST}?urgency=low&offered__gte=1")),
        ("a wrong filter", lambda page: go(page, f"{FIRST}?offered__gte=much")),
        ("nothing found", search),
        ("what a move asks", lambda page: ask(page, places)),
        ("a refused form", refused_form),
        ("a conflict", lambda page: conflict(page, places)),
        ("saved", lambda page: save(page, places)),
        ("a file that is tried", lambda page: tried(page, "123 45")),
        ("a file with a refused line", lambda page: tried(page, "abc")),
        ("an invitation", lambda page: go(page, "/invitation")),
        ("no such page", lambda page: go(page, "/records/nothing")),
        ("no such row", lambda page: go(page, f"{FIRST}/0197c0de-0000-7000-8000-000000000000")),
    ]


def go(page: Page, path: str) -> None:
    """Show a page."""
    page.goto(path)


def send(page: Page, button: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def search(page: Page) -> None:
    """Look for what is not there."""
    page.goto(FIRST)
    page.get_by_label("Find by words").fill("zzz")
    send(page, "Find")


def ask(page: Page, places: Places) -> None:
    """Open what a move asks."""
    page.goto(places.row)
    page.locator(".moves summary").first.click()


def refused_form(page: Page) -> None:
    """Send a form with what cannot be kept."""
    page.goto(f"{FIRST}/new")
    page.locator("form.stack").evaluate("form => form.noValidate = true")
    page.get_by_label("Offered").fill("much")
    send(page, "Save")


def conflict(page: Page, places: Places) -> None:
    """Send a form that somebody else has overtaken."""
    page.goto(f"{places.row}/edit")
    page.locator("form.stack input[name$=version]").evaluate("one => one.value = '0'")
    page.get_by_label("Summary").fill("Another summary")
    send(page, "Save")


def save(page: Page, places: Places) -> None:
    """Change a row."""
    page.goto(f"{places.row}/edit")
    page.get_by_label("Summary").fill("No hot water since this morning")
    send(page, "Save")


def tried(page: Page, postcode: str) -> None:
    """Try a file whose one line has this postcode."""
    page.goto("/records/households")
    name = page.locator("tbody th a").first.inner_text().partition(" · ")[2]
    table = f"household,label,street,postcode\n{name},Another one,Mill Road 3,{postcode}\n".encode()
    page.goto("/records/boilers/import")
    file = FilePayload(name="boilers.csv", mimeType="text/csv", buffer=table)
    page.set_input_files("#table", files=file)
    send(page, "Try it")
