"""What the sign-in routes give."""

from __future__ import annotations

from pydantic import BaseModel

from app.platform import values as v


class SessionOut(BaseModel):
    """Who is signed in, as what, and until when at most."""

    id: v.Id
    login: str
    roles: list[str]
    expires_at: v.Datetime
