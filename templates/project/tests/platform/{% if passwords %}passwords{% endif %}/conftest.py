"""A person with a password."""

from __future__ import annotations

import pytest

from app.platform.db import Session
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from app.platform.identity.passwords import people
from tests.platform.conftest import LOGIN

PASSWORD = "correct horse battery staple"


@pytest.fixture
def ana(session: Session) -> Principal:
    principal = accounts.principal_for(session, LOGIN)
    people.set_password(session, principal, PASSWORD)
    session.commit()
    return principal
