"""Forms of shelves, as somebody fills them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.platform.db import Session
from tests.platform.data.console.reading import Read
from tests.platform.data.things import Shelf

AsSomebody = Callable[..., TestClient]
HOME = "/records/shelves"


def blank(web: TestClient, home: str = HOME) -> dict[str, Any]:
    """Give what stands in the form that adds."""
    return Read(web.get(f"{home}/new")).form(home)


def counted(session: Session) -> int:
    """Count the shelves."""
    return session.scalar(select(func.count()).select_from(Shelf)) or 0
