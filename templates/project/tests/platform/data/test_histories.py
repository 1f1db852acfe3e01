"""Histories only grow: nobody adds to them, changes them or takes from them past the database."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.platform.db import Session
from app.platform.watching import unwatch


@pytest.fixture
def owner(database_urls: None) -> Iterator[Connection]:
    """The owner of the tables at work; it is undone."""
    engine = create_engine(os.environ["APP_OWNER_DATABASE_URL"])
    with engine.connect() as connection:
        yield connection
    engine.dispose()


ADD = "INSERT INTO platform_changes (id) VALUES (gen_random_uuid())"
CHANGE = "UPDATE platform_changes SET actor_id = NULL"
FORGET = "DELETE FROM platform_changes"
EMPTY = "TRUNCATE platform_changes"


@pytest.mark.parametrize("statement", [ADD, CHANGE, FORGET, EMPTY])
def test_the_application_cannot_touch_the_history(session: Session, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(statement))


def test_the_application_cannot_make_up_a_history(session: Session) -> None:
    session.execute(text("CREATE TEMP TABLE forged (id uuid)"))
    trigger = "CREATE TRIGGER t AFTER INSERT ON forged FOR EACH ROW"
    with pytest.raises(ProgrammingError, match="permission denied for function"):
        session.execute(text(f"{trigger} EXECUTE FUNCTION platform_note_change()"))


@pytest.mark.parametrize("statement", [CHANGE, FORGET, EMPTY])
def test_not_even_the_owner_touches_the_history(owner: Connection, statement: str) -> None:
    add_one(owner)
    with pytest.raises(ProgrammingError, match="platform_changes only grows"):
        owner.execute(text(statement))


@pytest.mark.parametrize("statement", [CHANGE, FORGET])
def test_the_owner_forgets_what_has_to_be_forgotten(owner: Connection, statement: str) -> None:
    add_one(owner)
    owner.execute(text("SELECT set_config('app.forgetting', 'on', true)"))
    assert owner.execute(text(statement)).rowcount == 1


def add_one(owner: Connection) -> None:
    """Let the database note something."""
    owner.execute(
        text("INSERT INTO try_tags (id, name, version) VALUES (gen_random_uuid(), 'x', 1)")
    )


def test_an_unwatched_table_is_not_noted(owner: Connection) -> None:
    owner.execute(text(unwatch("try_tags")))
    add_one(owner)
    assert owner.scalar(text("SELECT count(*) FROM platform_changes")) == 0
