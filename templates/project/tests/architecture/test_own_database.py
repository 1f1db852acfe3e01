"""Tests work in a database of their own, never in the one for development."""

from __future__ import annotations

from sqlalchemy import make_url, text

from app.platform.db import Session
from app.settings import settings
from dev.cluster import DATABASE, TEST_PREFIX
from dev.roles import APP, OWNER


def test_both_addresses_name_a_database_of_the_tests() -> None:
    own = [settings().database_url, settings().owner_database_url or ""]
    assert all(is_of_tests(url) for url in own)
    assert [make_url(url).username for url in own] == [APP, OWNER]
    assert not is_of_tests(f"postgresql+psycopg://app@/{DATABASE}")


def is_of_tests(url: str) -> bool:
    """Whether an address names a database that only tests use."""
    name = make_url(url).database or ""
    return name.startswith(TEST_PREFIX) and name != DATABASE


def test_the_application_is_connected_to_it(session: Session) -> None:
    name = session.scalar(text("SELECT current_database()"))
    assert name == make_url(settings().database_url).database


def test_the_application_owns_no_table_in_it(session: Session) -> None:
    owned = "SELECT count(*) FROM pg_tables WHERE tableowner = current_user"
    creates = "SELECT has_schema_privilege('public', 'CREATE')"
    assert session.scalar(text(owned)) == 0
    assert session.scalar(text(creates)) is False
