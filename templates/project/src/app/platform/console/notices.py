"""What a page says after something was done: one of a few sentences, never what an address holds."""

from __future__ import annotations

from fastapi import Request

from app.platform.console.screens import Screen
from app.platform.console.words import label, listed

DONE = "was-done"
SAID = {"added": "It was added.", "saved": "Saved.", "archived": "It is in the archive now."}


def after(address: str, done: str) -> str:
    """Give the address of a page that says what was done."""
    return f"{address}?{DONE}={done}"


def notice(request: Request, screen: Screen) -> str:
    """Give what the address says was done; nothing, if it says nothing that is known."""
    done = request.query_params.get(DONE, "")
    move = screen.policy.workflow.moves.get(done)
    if move is not None:
        paths = [" ".join(path.split(".")[-2:]) for path in move.tells]
        told = listed([label(path).lower() for path in paths])
        return f"Done: {label(done).lower()}.{f' A message goes to: {told}.' if told else ''}"
    return SAID.get(done, "")
