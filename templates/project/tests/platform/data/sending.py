"""Files that tests send, and shelves that take them."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from dev.files import example

HOME = "/try/shelves"
PDF = example("pdf")


def send(
    client: TestClient, content: bytes = PDF, path: str = f"{HOME}/files/plan", **name: str
) -> Any:
    """Upload a file."""
    headers = {"File-Name": name["name"]} if name else {}
    return client.post(path, content=content, headers=headers)


def shelf_with(client: TestClient, file_id: str | None, label: str = "a shelf") -> Any:
    """Add a shelf that takes a file."""
    return client.post(HOME, json={"label": label, "plan": file_id})
