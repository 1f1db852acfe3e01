"""The cookie that carries a session's token.

`__Host-` makes browsers refuse it over plain HTTP, from subdomains and for other paths. Over
HTTP in development such a cookie would be dropped, so it is called `session` there.
"""

from __future__ import annotations

from fastapi import Request, Response

from app.settings import settings

CLEAR = '"cache", "cookies", "storage"'


def cookie_name() -> str:
    """What the cookie is called here."""
    return "session" if settings().environment == "development" else "__Host-session"


def token_of(request: Request) -> str | None:
    """The token that came with a request; None when nobody is signed in there."""
    return request.cookies.get(cookie_name()) or None


def give(response: Response, token: str) -> None:
    """Let the browser keep the token until it is closed or the session's longest time is over."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=settings().session_absolute_minutes * 60,
        path="/",
        secure=settings().environment != "development",
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response) -> None:
    """Let the browser forget the token, and what it kept of the pages."""
    secure = settings().environment != "development"
    response.delete_cookie(cookie_name(), path="/", secure=secure, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = CLEAR
