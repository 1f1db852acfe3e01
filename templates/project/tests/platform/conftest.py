"""A person with a password, and an application to add routes to."""

from __future__ import annotations

import pytest

from app.main import create_app
from app.platform.db import Session
from app.platform.http.shell import Shell
from app.platform.identity import accounts
from app.platform.identity.models import Principal

LOGIN = "ana@example.com"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def own_app(app: Shell) -> Shell:
    """An application of the test's own, to which it may add routes."""
    shell = create_app()
    shell.api.state.database.close()
    shell.api.state.database = app.api.state.database
    return shell


@pytest.fixture
def ana(session: Session) -> Principal:
    principal = accounts.principal_for(session, LOGIN)
    accounts.set_password(session, principal, PASSWORD)
    session.commit()
    return principal
