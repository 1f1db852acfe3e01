"""The cookie that carries a session's token, and how any cookie is kept that no script may read.

`__Host-` makes browsers refuse it over plain HTTP, from subdomains and for other paths. Over
HTTP in development such a cookie would be dropped, so it has no prefix there.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from app.settings import settings

CLEAR = '"cache", "cookies", "storage"'


def named(name: str) -> str:
    """What a cookie is called here."""
    return name if settings().environment == "development" else f"__Host-{name}"


def keep(response: Response, name: str, text: str, lasts: timedelta) -> None:
    """Let the browser keep a text until it is closed, or this long."""
    response.set_cookie(
        name,
        text,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=settings().environment != "development",
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, name: str) -> None:
    """Let the browser forget what it kept."""
    secure = settings().environment != "development"
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")


def cookie_name() -> str:
    """What the cookie of a session is called here."""
    return named("session")


def token_of(request: Request) -> str | None:
    """The token that came with a request; None when nobody is signed in there."""
    return request.cookies.get(cookie_name()) or None


def give(response: Response, token: str) -> None:
    """Let the browser keep the token until it is closed or the session's longest time is over."""
    keep(response, cookie_name(), token, timedelta(minutes=settings().session_absolute_minutes))


def take_back(response: Response) -> None:
    """Let the browser forget the token, and what it kept of the pages."""
    drop(response, cookie_name())
    response.headers["Clear-Site-Data"] = CLEAR
