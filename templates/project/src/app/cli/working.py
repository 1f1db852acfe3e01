"""What every command works with: a session, and a way to refuse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.platform import logging
from app.platform.db import Database, Session
from app.settings import settings


class Refused(Exception):
    """Something that was typed cannot be done; the text says why and what to type instead."""


@contextmanager
def session() -> Iterator[Session]:
    """Open a session that is committed when its block ends without an error."""
    with database() as there, there.session() as opened:
        yield opened
        opened.commit()


@contextmanager
def database() -> Iterator[Database]:
    """Give the database that the settings name, and close it when the block ends."""
    chosen = settings()
    logging.set_up(chosen, sys.stderr)
    there = Database(chosen.database_url)
    try:
        yield there
    finally:
        there.close()
