"""Every kind of page of a running project in a real browser: WCAG 2.2 AA, keyboard and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from dev.accessible import judge
from dev.browser import browser
from dev.serving import answering, free_port
from dev.walking import DESK, FIRST, PHONE, Places, page_of, states, walk
from tests.generated.making import Projects, surroundings

ROWS = 8
LARGEST = 150_000
KINDS = 10
LEAST_PASSED = 20


@dataclass(frozen=True, slots=True)
class Running:
    """A project that runs, and a browser to look at it as somebody with all roles."""

    browser: Browser
    address: str
    session: str

    def page(self, session: str | None = None) -> Page:
        """Open a window."""
        return page_of(self.browser, self.address, session or self.session)


@pytest.fixture(scope="module")
def running(projects: Projects, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example with everything, filled, and running."""
    project = projects.of("field_service")
    port, state = free_port(), tmp_path_factory.mktemp("state") / ".dev"
    more = {"DEVELOPMENT_STATE": str(state), "APP_LOG_LEVEL": "ERROR"}
    env = surroundings(project) | more
    with browser() as started, answering(project, port, env, ROWS) as session:
        yield Running(started, f"http://127.0.0.1:{port}", session)


@pytest.fixture
def page(running: Running) -> Iterator[Page]:
    """A window; nothing may go wrong in it that people do not see."""
    wrong: list[str] = []
    opened = running.page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda line: wrong.append(line.text) if "Policy" in line.text else None)
    yield opened
    opened.context.close()
    assert wrong == []


def faults_of(page: Page, name: str) -> list[str]:
    """Judge a page on a desk and on a phone; in the dark, colours alone are others."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found += [f"{name}, {size['width']}: it is wider than the window"] * wide
        judged = judge(page)
        assert judged.passed > LEAST_PASSED, name
        found += [f"{name}, {size['width']}: {one}" for one in judged.faults]
    page.emulate_media(color_scheme="dark")
    found += [f"{name}, dark: {one}" for one in judge(page, "color-contrast").faults]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return found


def places(page: Page) -> Places:
    """Find a row that moves can be made with."""
    page.goto(f"{FIRST}?stage=called")
    return Places(str(page.locator("tbody th a").first.get_attribute("href")))


def test_every_kind_of_page_is_accessible(page: Page, took: Callable[[str], None]) -> None:
    titles, faults = dict[str, str](), list[str]()
    for path in walk(page):
        faults += faults_of(page, path)
        faults += [
            f"{path}: its title is that of {titles[t]}" for t in [page.title()] if t in titles
        ]
        faults += [f"{path}: {len(page.content())} bytes"] * (len(page.content()) > LARGEST)
        titles[page.title()] = path
    assert faults == []
    assert len(titles) >= KINDS
    took(f"{len(titles)} kinds of pages are accessible")


def test_what_pages_show_after_something_was_done_is_accessible(page: Page) -> None:
    where, faults = places(page), list[str]()
    for name, reach in states(where):
        reach(page)
        faults += faults_of(page, name)
    assert faults == []


def test_signing_in_is_accessible(running: Running) -> None:
    page = page_of(running.browser, running.address, None)
    page.goto(FIRST)
    faults = faults_of(page, "sign in")
    page.get_by_label("E-mail address").fill("nobody@example.com")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert [*faults, *faults_of(page, "refused")] == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('label[for=f-summary]').remove()", "label"),
        ("document.querySelector('h1').style.color = '#ddd'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_a_planted_fault_is_found(page: Page, fault: str, rule: str) -> None:
    page.goto(f"{FIRST}/new")
    assert judge(page).faults == []
    page.evaluate(f"() => {{ {fault} }}")
    (found,) = judge(page).faults
    assert found.startswith(f"{rule}:")


def focused(page: Page) -> str:
    """Give the text or the name of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_the_keyboard_is_enough(page: Page) -> None:
    row = places(page).row
    page.goto(row)
    page.keyboard.press("Tab")
    assert focused(page) == "To the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Visits"
    seen = set()
    for _ in range(30):
        seen.add(focused(page))
        drawn = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert drawn != "none", focused(page)
        if page.evaluate("document.activeElement.matches('.moves summary')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("TEXTAREA", "INPUT", "SELECT")
    assert "Change" in seen


def test_what_is_wrong_gets_the_focus_and_leads_to_its_field(page: Page) -> None:
    page.goto(f"{FIRST}/new")
    page.locator("form.stack").evaluate("form => form.noValidate = true")
    page.get_by_label("Offered").fill("much")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("alert").get_by_role("link", name="Offered").press("Enter")
    assert page.evaluate("document.activeElement.name") == "offered"


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    menu = page.get_by_role("navigation", name="Records")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert focused(page) == "Menu"
