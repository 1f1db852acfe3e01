"""The database of a system that keeps its customers apart: who may use it, and as whom."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from app.platform.access import table_of
from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Database, Session, new_id
from app.platform.jobs.system import SYSTEM, ForCustomer, in_turn, system_work
from app.platform.separation import OWN, NotSeparated, refuse_mighty, separated
from app.settings import settings
from dev.samples import Samples
from tests.calling import Shared
from tests.platform.data.parcels import Parcel, Postcard


def test_tables_are_kept_apart_where_the_system_separates() -> None:
    kept = separated("practices")
    assert kept["try_postcards"] == OWN
    assert "platform_principals" in kept
    assert "try_shelves" not in kept
    assert separated(None) == {}


@pytest.fixture
def owner(database_urls: None) -> Iterator[Engine]:
    engine = create_engine(os.environ["APP_OWNER_DATABASE_URL"])
    yield engine
    engine.dispose()


def test_the_application_does_not_start_as_a_role_that_no_policy_holds(owner: Engine) -> None:
    with pytest.raises(NotSeparated, match="sees the rows of all customers"):
        refuse_mighty(owner, "practices")
    refuse_mighty(owner, None)


def test_it_starts_as_the_role_of_the_application(database_urls: None) -> None:
    database = Database(settings().database_url)
    refuse_mighty(database.engine, "practices")
    database.close()


def test_the_owner_sees_nothing_but_in_a_migration(
    owner: Engine, session: Session, samples: Samples
) -> None:
    act_as(session, None, "a test", samples.tenant or new_id())
    session.add(Postcard(title="a postcard"))
    session.flush()
    with owner.connect() as connection:
        seen = "SELECT count(*) FROM try_postcards"
        assert connection.scalar(text(seen)) == 0
        forced = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'try_postcards'"
        assert connection.scalar(text(forced)) is True
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(text("INSERT INTO try_postcards (id, title, version) "
                                    "VALUES (gen_random_uuid(), 'x', 1)"))  # fmt: skip


@pytest.mark.parametrize("apart", [False, True])
def test_reading_has_a_transaction_where_customers_are_kept_apart(apart: bool) -> None:
    database = Database(settings().database_url, separated=apart)
    with database.session(reading=True) as reading:
        act_as(reading, None, "a test", new_id())
        told = reading.scalar(text("SELECT current_setting('app.tenant', true)"))
        assert bool(told) is apart
    database.close()


@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
@pytest.mark.parametrize("reading", [False, True])
def test_a_connection_forgets_for_whom_it_worked(
    database_urls: None, ending: str, reading: bool
) -> None:
    database = Database(settings().database_url, connections=1, separated=True)
    with database.session(reading=reading) as first:
        act_as(first, None, "a test", new_id())
        assert first.scalar(text("SELECT platform_tenant()")) is not None
        backend = first.scalar(text("SELECT pg_backend_pid()"))
        getattr(first, ending)()
    with database.session(reading=reading) as second:
        assert second.scalar(text("SELECT pg_backend_pid()")) == backend
        assert second.scalar(text("SELECT platform_tenant()")) is None
        assert second.scalars(select(Postcard)).all() == []
    database.close()


def test_jobs_work_for_each_customer_in_turn(session: Session, samples: Samples) -> None:
    separated_by = SEPARATED_BY or "users"
    customers = {samples.tenant or samples.make("users").id, samples.begin()} - {None}
    session.commit()
    database, apart = Shared(session.connection()), table_of(Postcard)
    parts = list(in_turn(database, apart, separated_by))
    assert customers <= {part.tenant_id for part in parts if isinstance(part, ForCustomer)}
    assert list(in_turn(database, table_of(Parcel), separated_by)) == [database]
    assert list(in_turn(database, apart, None)) == [database]


def test_a_job_for_a_customer_sees_their_rows_alone(session: Session, samples: Samples) -> None:
    database, whose = Shared(session.connection()), samples.tenant or new_id()
    with system_work(ForCustomer(database, whose), "try:it") as work:
        assert (work.actor.id, work.actor.tenant_id) == (SYSTEM, whose)
        work.session.add(Postcard(title="of a job"))
    for tenant, there in ((whose, 1), (new_id(), 0), (None, 0)):
        with system_work(ForCustomer(database, tenant), "try:it") as work:
            assert len(work.session.scalars(select(Postcard)).all()) == there
