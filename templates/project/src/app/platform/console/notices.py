"""What a page says after something was done: one of a few sentences, never what an address holds."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request

from app.platform.console.screens import Screen
from app.platform.console.words import label, listed
from app.platform.db import Entity
from app.platform.messages.told import told_by
from app.platform.work import UnitOfWork

DONE = "was-done"
SAID = {"added": "It was added.", "saved": "Saved.", "archived": "It is in the archive now."}


def after(address: str, done: str) -> str:
    """Give the address of a page that says what was done."""
    return f"{address}?{DONE}={done}"


def notice(
    request: Request, screen: Screen, work: UnitOfWork | None = None, row: Entity | None = None
) -> str:
    """Give what the address says was done; nothing, if it says nothing that is known.

    Of a move that was made with a row, it is said too whom it tells, and where nobody was to tell.
    """
    done = request.query_params.get(DONE, "")
    if done not in screen.policy.workflow.moves:
        return SAID.get(done, "")
    told, nobody = ([], []) if work is None or row is None else told_by(work, row, done)
    goes = along("A message goes to", told)
    return f"Done: {label(done).lower()}.{goes}{along('There is no address of', nobody)}"


def along(words: str, paths: Iterable[str]) -> str:
    """Give a sentence about whom paths lead to; nothing, where there are none."""
    named = listed([label(" ".join(path.split(".")[-2:])).lower() for path in paths])
    return f" {words}: {named}." if named else ""
