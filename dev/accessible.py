"""Judges a page by the rules of axe-core: WCAG 2.2 AA, and what is held to be good practice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OFF_BY_DEFAULT = {"target-size": {"enabled": True}}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a page was found guilty of, a line for each element, and how many rules it passed."""

    faults: list[str]
    passed: int


@cache
def rules() -> str:
    """Give the script of axe-core, as its package has it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def judge(page: Page, *only: str) -> Judgement:
    """Judge a page as it stands now, by all rules or by some."""
    if not page.evaluate("typeof axe == 'object'"):
        page.evaluate(f"() => {{ {rules()} }}")
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "rules": OFF_BY_DEFAULT}
    if only:
        options = {"runOnly": {"type": "rule", "values": only}}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    faults = [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    return Judgement(faults, len(found["passes"]))
