"""What the tests of imports by page have in common."""

from __future__ import annotations

from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.db import Session
from tests.platform.data.console.filling import HOME
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Shelf

RUN = f"{HOME}/import/run"


def table(*lines: str) -> bytes:
    """Write lines as a file."""
    return "\r\n".join(lines).encode()


def tried(web: TestClient, content: bytes, name: str = "a.csv", home: str = HOME) -> Read:
    """Try a file."""
    return Read(web.post(f"{home}/import", files={"table": (name, content)}))


def told(page: Read) -> list[list[str]]:
    """Give what a page tells of each line."""
    rows = page.page.select('[aria-label="Lines"] tbody tr')
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in rows]


def sums(page: Read) -> list[str]:
    """Give the sums of a page."""
    return page.texts(".sums li")


def carried(page: Read, run: str = RUN) -> str:
    """Give what a trial carries to the import."""
    return str(page.form(run)["tried"])


def sent(web: TestClient, text: str, run: str = RUN) -> Read:
    """Press the button of a trial."""
    return Read(web.post(run, files={"tried": (None, text)}))


def labels(session: Session) -> list[str]:
    """Give the labels of all shelves."""
    return list(session.scalars(select(Shelf.label).order_by(Shelf.label)))
