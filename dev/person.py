"""Somebody who works with the pages of a running project, by clicks and keys alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
SECONDS = 30
LOOK = 0.15


class Pictures:
    """A folder of pictures; a screen that is there already is not taken again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.taken: list[str] = []

    def take(self, page: Page, name: str) -> None:
        """Take a picture of a whole page."""
        if name not in self.taken:
            self.taken.append(name)
            path = self.folder / f"{len(self.taken):02}-{name}.png"
            page.screenshot(path=path, full_page=True)


class Person:
    """One person at one screen. Each method does what hands would do, and sees that it worked."""

    def __init__(self, browser: Browser, address: str, role: str, pictures: Pictures) -> None:
        self.phone = role in ("fitter", "technician")
        context = browser.new_context(
            viewport=PHONE if self.phone else DESK,  # type: ignore[arg-type]
            has_touch=self.phone,
            base_url=address,
            timezone_id="Europe/Stockholm",
            locale="en-GB",
        )
        context.set_default_timeout(SECONDS * 1000)
        self.page, self.role, self.pictures = context.new_page(), role, pictures

    def picture(self, name: str) -> None:
        """Take a picture of what this person sees."""
        self.pictures.take(self.page, f"{self.role}-{name}")

    def sign_in(self) -> None:
        """Sign in at the provider of development, as the one who stands for the role there."""
        self.page.goto("/")
        self.picture("sign-in")
        self.page.get_by_role("link", name="Sign in with").click()
        self.page.locator(f"button[name=username][value={self.role}]").click()
        self.page.get_by_role("heading", level=1, name="What waits for you").wait_for()

    def start(self) -> None:
        """Go to the start page."""
        self.page.locator(".top .name").click()
        self.picture("start")

    def to(self, many: str) -> None:
        """Open a list from the menu."""
        if self.phone:
            self.page.get_by_role("button", name="Menu").click()
        self.page.get_by_role("navigation").get_by_role("link", name=many, exact=True).click()
        self.page.get_by_role("heading", level=1, name=many).wait_for()
        self.picture(f"list-{dashed(many)}")

    def open(self, many: str, name: str) -> None:
        """Find a row in its list, by words where the list can, and open it."""
        self.to(many)
        if self.page.locator("#words").count():
            self.page.locator("#words").fill(name)
            self.page.get_by_role("button", name="Find", exact=True).click()
        self.page.locator("tbody th a", has_text=name).first.click()
        self.picture(f"row-{dashed(many)}")

    def add(self, many: str, one: str, **typed: Any) -> None:
        """Add a row from its list."""
        self.to(many)
        self.add_here(one, **typed)

    def add_here(self, one: str, **typed: Any) -> None:
        """Add a row from the page that is open."""
        self.page.get_by_role("link", name=f"Add {one}", exact=True).click()
        self.type(**typed)
        self.picture(f"add-{dashed(one)}")
        self.save("It was added.")

    def change(self, **typed: Any) -> None:
        """Change the row that is open."""
        self.begin_change(**typed)
        self.save("Saved.")

    def begin_change(self, **typed: Any) -> None:
        """Type into the form of the row that is open, and do not send it yet."""
        self.page.get_by_role("link", name="Change", exact=True).click()
        self.type(**typed)
        self.picture("change")

    def type(self, **typed: Any) -> None:
        """Fill in controls by the names of their fields."""
        for name, value in typed.items():
            fill(self.page.locator(f"form.stack #f-{name}"), value)

    def save(self, said: str) -> None:
        """Send the form, and see what is said then."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.told(said)

    def press(self, name: str, **answers: str) -> None:
        """Make a move."""
        if answers:
            self.page.locator("summary", has_text=name).click()
            for asked, answer in answers.items():
                self.page.locator(f"details[open] [name={asked}]").fill(answer)
            self.picture(f"asked-{dashed(name)}")
        self.page.get_by_role("button", name=name, exact=True).click()
        self.told(f"Done: {name.lower()}.")
        self.picture(f"done-{dashed(name)}")

    def told(self, text: str) -> None:
        """See that something is said, where it is read out too."""
        self.page.locator("[role=status], [role=alert]", has_text=text).wait_for()

    @property
    def path(self) -> str:
        """The address of the page that is open."""
        return urlsplit(self.page.url).path


def fill(control: Locator, value: Any) -> None:
    """Put a value into a control, as its kind takes it."""
    if control.evaluate("one => one.tagName") == "SELECT":
        option = control.locator("option", has_text=str(value)).first
        control.select_option(value=str(option.get_attribute("value")))
    elif isinstance(value, Path):
        control.set_input_files(value)
    else:
        control.fill(str(value))


def dashed(text: str) -> str:
    """Give a text as a part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
