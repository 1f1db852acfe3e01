"""The style sheets, the script and the icon of the pages: ours, small, and kept by browsers for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Depends, Response

from app.platform.errors import NotFound
from app.platform.http.access import Access

FOLDER = Path(__file__).with_name("pages")
TYPES = {
    "console.css": "text/css; charset=utf-8",
    "media.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
ICON = {"Cache-Control": "public, max-age=86400"}
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}

router = APIRouter(include_in_schema=False)


@cache
def content_of(name: str) -> bytes:
    """Give the content of an asset."""
    return (FOLDER / name).read_bytes()


@cache
def asset(name: str) -> str:
    """Give the address of an asset: another one as soon as its content is another."""
    digest = hashlib.sha256(content_of(name)).hexdigest()[:16]
    return f"/assets/{digest}/{name}"


@router.get("/assets/{digest}/{name}", dependencies=[Depends(Access.PUBLIC)])
def answer(digest: str, name: str) -> Response:
    """Give an asset to whoever asks."""
    if name not in TYPES or asset(name) != f"/assets/{digest}/{name}":
        raise NotFound
    return Response(content_of(name), 200, KEPT, TYPES[name])


@router.get("/favicon.ico", dependencies=[Depends(Access.PUBLIC)])
def icon() -> Response:
    """Give the icon where browsers look for one by themselves, such as beside a download."""
    return Response(content_of("icon.svg"), 200, ICON, TYPES["icon.svg"])
