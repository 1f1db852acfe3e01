"""The tables whose changes the database notes, in `platform_changes`.

The trigger is part of a table: a migration that makes one brings it along, and the drift check
finds a table without it.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import inspect

from app.platform.db import Base, Entity

TRIGGER = "platform_changes"


class Watched(NamedTuple):
    """How a table is watched: by itself, or, as a link table, as a field of a record's table."""

    record: str | None = None
    field: str | None = None


def watched() -> dict[str, Watched]:
    """Give every table to watch: those of records, and of their relations to several rows."""
    found: dict[str, Watched] = {}
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Entity):
            table = mapper.class_.__tablename__
            found[table] = Watched()
            for relation in inspect(mapper.class_).relationships:
                link = relation.mapper.class_.__tablename__
                found[link] = Watched(table, relation.key.removeprefix("_"))
    return found


def watch(table: str, how: Watched) -> str:
    """Give the statement that lets the database note what changes in a table."""
    words = ", ".join(f"'{word}'" for word in how if word)
    function = f"platform_note_link({words})" if words else "platform_note_change()"
    on = f'CREATE OR REPLACE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
    return f"{on} FOR EACH ROW EXECUTE FUNCTION {function}"


def unwatch(table: str) -> str:
    """Give the statement that ends it."""
    return f'DROP TRIGGER IF EXISTS {TRIGGER} ON "{table}"'
