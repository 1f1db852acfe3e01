"""What the tests of imports have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

AsSomebody = Callable[..., TestClient]
HOME = "/try/shelves"


def bring(client: TestClient, *lines: str, home: str = HOME, **query: str) -> Any:
    """Send lines; give the answer."""
    content = "\r\n".join(lines).encode()
    return client.post(f"{home}/import", params=query, content=content)


def outcomes(answer: Any) -> list[str]:
    """Give what became of each line."""
    assert answer.status_code == 200, answer.text
    return [line["outcome"] for line in answer.json()["lines"]]


def codes(answer: Any) -> list[tuple[str, str]]:
    """Give field and code of each fault, of lines or of the whole."""
    told = answer.json()
    lines = told.get("lines", [told])
    return [(fault["field"], fault["code"]) for line in lines for fault in line["errors"]]
