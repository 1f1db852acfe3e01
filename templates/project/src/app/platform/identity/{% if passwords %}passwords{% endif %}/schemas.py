"""What the routes of passwords take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.platform import values as v
from app.platform.identity.passwords.hashing import LONGEST
from app.platform.identity.tokens import FORM
from app.platform.schemas import In
from app.settings import PASSWORD_MIN

KnownPassword = Annotated[str, Field(min_length=1, max_length=LONGEST)]
NewPassword = Annotated[str, Field(min_length=PASSWORD_MIN, max_length=LONGEST)]
Token = Annotated[str, Field(pattern=FORM)]


class SignInIn(In):
    """Who signs in, and with what."""

    login: v.Email
    password: KnownPassword


class AcceptIn(In):
    """The token of an invitation, and the password that its holder chooses."""

    token: Token
    password: NewPassword


class PasswordIn(In):
    """The password that held so far, and the one that is to hold."""

    current: KnownPassword
    password: NewPassword
