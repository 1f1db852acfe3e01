"""A person with a password; settings that a test changed are changed back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.platform.db import Session
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from app.settings import settings, use

LOGIN = "ana@example.com"
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _same_settings_afterwards() -> Iterator[None]:
    before = settings()
    yield
    use(before)


@pytest.fixture
def ana(session: Session) -> Principal:
    principal = accounts.principal_for(session, LOGIN)
    accounts.set_password(session, principal, PASSWORD)
    session.commit()
    return principal
