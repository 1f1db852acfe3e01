"""The database: what every table is built on, and how the application reaches it.

Two kinds of tables stand on the same metadata. `Base` carries the platform's own tables, `Entity`
the records of the domains, with the columns that every record has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    MetaData,
    Table,
    create_engine,
    event,
    func,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    configure_mappers,
    declared_attr,
    mapped_column,
)
from uuid_utils.compat import uuid7

from app.platform.blueprint import SEPARATED_BY
from app.platform.constraints import constrain, hold
from app.platform.indexes import index_rows

__all__ = ["Base", "Database", "Entity", "LinkRow", "Session", "alone", "new_id"]

ALONE = "alone"
SYSTEM = {"data": "internal", "system": True}


def new_id() -> UUID:
    """Give a new UUIDv7: random enough not to be guessed, and ordered by the time it was made."""
    return uuid7()


class Base(DeclarativeBase):
    """The common ground of all tables."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(column_0_name)s",
        }
    )


class Entity(Base):
    """A record of a domain: an id, who made and changed it and when, and a version.

    The version rises with every change; the ETag of the API is made from it.
    """

    __abstract__ = True
    __checks__: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """What holds for every row: the message that people see, and an expression."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info=SYSTEM)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), info=SYSTEM
    )
    created_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("platform_principals.id"), info=SYSTEM
    )
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), info=SYSTEM
    )
    updated_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("platform_principals.id"), info=SYSTEM
    )
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), info=SYSTEM)
    version: Mapped[int] = mapped_column(BigInteger, info=SYSTEM)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__abstract__" not in vars(cls):
            hold(cast(Table, cls.__table__), cls.__checks__)
            index_rows(cast(Table, cls.__table__))

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version, "eager_defaults": True}


class LinkRow(Base):
    """A pair of rows: one of the table that has the relation, and one that it points to."""

    __abstract__ = True

    row_id: Mapped[UUID]
    target_id: Mapped[UUID]

    def __init__(self, target_id: UUID) -> None:
        self.target_id = target_id


class Database:
    """The engine, and the sessions on it.

    A session must be closed by whoever opened it; `app.platform.work` does so for requests. There
    are up to `connections` for reading, as many for changes, and one for what stands alone.
    """

    def __init__(
        self, url: str, connections: int = 5, *, separated: bool = SEPARATED_BY is not None
    ) -> None:
        # Whose rows are seen is told to a transaction, so reading needs one there as well.
        reading = {} if separated else {"isolation_level": "AUTOCOMMIT"}
        configure_mappers()  # calculated fields are there before the first statement
        self.engine = _engine(url, connections)
        # An engine of its own: to turn a connection's mode and back costs as much as a query.
        self._reading = _engine(url, connections, **reading)
        # What a change needs of it reaches the disk before the change does, so it need not wait.
        self._alone = _engine(
            url, 1, settings="-c synchronous_commit=off", isolation_level="AUTOCOMMIT"
        )

    def session(self, *, reading: bool = False) -> Session:
        """Open a session. Nothing is sent to the database before its first statement.

        For `reading`, each statement stands alone: two round trips less, and nothing is lost,
        because at READ COMMITTED each statement sees its own moment anyway. Not so in a system
        that separates its customers.
        """
        engine = self._reading if reading else self.engine
        return Session(engine, expire_on_commit=False, info={ALONE: self._alone})

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._reading.dispose()
        self._alone.dispose()


@contextmanager
def alone(session: Session) -> Iterator[Connection]:
    """Give a connection on which a statement is done at once, whatever becomes of the session.

    So it locks nothing any longer than it takes. A session that no `Database` opened has none, and
    gives its own.
    """
    engine: Engine | None = session.info.get(ALONE)
    if engine is None:
        yield session.connection()
        return
    with engine.connect() as connection:
        yield connection


def _engine(url: str, connections: int, *, settings: str = "", **options: Any) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        # Closing a session already rolls back; a second ROLLBACK at check-in would cost a round
        # trip on every request.
        pool_reset_on_return=None,
        pool_recycle=1800,
        # A server that lives in another zone would give 31 December 9999 as the year 10000.
        connect_args={"options": f"-c timezone=UTC {settings}"},
        **options,
    )


@event.listens_for(Column, "after_parent_attach")
def _constrain(column: Column[Any], table: Table) -> None:
    if table.metadata is Base.metadata:  # a copy, such as Alembic makes, brings its constraints
        constrain(table, column)
