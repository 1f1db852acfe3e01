"""Pages as somebody reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from httpx2 import Response


@dataclass(frozen=True)
class Read:
    """A page that came back."""

    answer: Response

    @cached_property
    def page(self) -> BeautifulSoup:
        """Its elements."""
        return BeautifulSoup(self.answer.text, "html.parser")

    def texts(self, selector: str) -> list[str]:
        """Give the texts of elements, with one space between words."""
        return [" ".join(one.get_text(" ").split()) for one in self.page.select(selector)]

    def one(self, selector: str) -> Tag:
        """Give an element of which there has to be one."""
        (found,) = self.page.select(selector)
        return found

    def facts(self) -> dict[str, str]:
        """Give what the page of a row says."""
        return dict(zip(self.texts(".facts dt"), self.texts(".facts dd"), strict=True))

    def form(self, action: str) -> dict[str, Any]:
        """Give what stands in the form with this address, by the names of its controls."""
        form = self.one(f'form[action="{action}"][method="post"]')
        found: dict[str, Any] = {}
        for control in form.select("input[name], textarea[name], select[name]"):
            name, value = str(control["name"]), value_of(control)
            if name not in found or value:
                found[name] = value
        return found

    def errors(self) -> dict[str, str]:
        """Give what is wrong with the controls of a form, by their names."""
        wrong = self.page.select('[aria-invalid="true"]')
        return {str(one["name"]): self.said_of(one) for one in wrong}

    def said_of(self, control: Tag) -> str:
        """Give what is said of a control: its help, and what is wrong with it."""
        said = [self.one(f"#{id}") for id in str(control["aria-describedby"]).split()]
        return " ".join(one.get_text(" ", strip=True) for one in said)


def value_of(control: Tag) -> str:
    """Give what stands in a control."""
    if control.name == "textarea":
        return control.get_text().strip("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]")
        return str(chosen["value"]) if chosen else ""
    if control.get("type") == "checkbox" and not control.has_attr("checked"):
        return ""
    return str(control.get("value", ""))
