"""A database in which workers find jobs, with records and jobs of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from procrastinate import JobContext
from sqlalchemy import create_engine, text

from app.platform import logging
from app.platform.access import POLICIES
from app.platform.constraints import TENANT
from app.platform.db import Base, Database
from app.platform.jobs.clock import MAKERS
from app.platform.jobs.queue import JOBS, GivenUp, Growing
from app.platform.messages import texts
from app.platform.separation import OWN, separate
from app.settings import Settings, settings, use
from dev.cluster import Cluster
from dev.roles import APP, OWNER
from dev.tables import tables
from tests.platform.jobs import cards, guests, letters

DONE: list[str] = []
"""What the tests' own jobs have done."""

TABLES = [*letters.TABLES, *guests.TABLES, *cards.TABLES]
EMPTIED = (
    "procrastinate_jobs, procrastinate_workers, platform_messages, platform_clock_moves, "
    "platform_files"
)


@JOBS.task(name="try_doing", retry=Growing(), pass_context=True)
def doing(context: JobContext, what: str) -> None:
    """Do something, or fail in one of two ways."""
    DONE.append(what)
    if what == "hopeless":
        raise GivenUp
    if what == "broken":
        raise ValueError(what)


@pytest.fixture(scope="session")
def addresses(cluster: Cluster, migrated: str) -> Iterator[tuple[str, str]]:
    """The addresses of a database in which these tests commit, for the two roles."""
    with cluster.scratch_database(migrated) as name:
        owner = create_engine(cluster.url(name, OWNER))
        made = [Base.metadata.tables[table] for table in TABLES]
        with owner.begin() as connection:
            Base.metadata.create_all(connection, made)
            for table in made:
                connection.execute(text(f'GRANT ALL ON "{table.name}" TO "{APP}"'))
                if TENANT in table.columns:
                    connection.execute(text(separate(table.name, OWN)))
        owner.dispose()
        yield cluster.url(name, APP), cluster.url(name, OWNER)


@pytest.fixture
def chosen(addresses: tuple[str, str], tmp_path: Path) -> Iterator[Settings]:
    """The settings of a worker on that database, which is empty."""
    app, owner = addresses
    engine = create_engine(owner)
    with engine.begin() as connection:
        records = ", ".join(f'"{name}"' for name in [*TABLES, *tables()])
        connection.execute(text(f"TRUNCATE {EMPTIED}, {records} CASCADE"))
        connection.execute(text("SELECT set_config('app.forgetting', 'on', true)"))
        for history in ("platform_moves", "platform_readings", "platform_changes"):
            connection.execute(text(f"DELETE FROM {history}"))  # noqa: S608  -- our own words
    engine.dispose()
    own = {"database_url": app, "worker_silent_seconds": 1, "mail_folder": tmp_path / "mailbox"}
    use(settings().model_copy(update=own))
    DONE.clear()
    POLICIES.update(letters.RULES | guests.RULES | cards.RULES)
    MAKERS.update({"try_letters": letters.MAKE, "try_cards": cards.MAKE})
    yield settings()
    for name in TABLES:
        POLICIES.pop(name, None)
    del MAKERS["try_letters"], MAKERS["try_cards"]
    logging.set_up(settings())


@pytest.fixture
def database(chosen: Settings) -> Iterator[Database]:
    """That database."""
    database = Database(chosen.database_url)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the texts about letters are, beside those of the system's records."""
    place = tmp_path / "texts" / "try_letters"
    if texts.FOLDER.is_dir():
        shutil.copytree(texts.FOLDER, place.parent)
    place.mkdir(parents=True)
    for name in ("send", "tell", "fall"):
        (place / f"{name}.txt").write_text("$title is $stage\n\nFor $price.\n", encoding="utf-8")
    (place.parent / "try_cards").mkdir()
    (place.parent / "try_cards" / "send.txt").write_text(
        "It is $stage\n\nSince $ends_on.\n", "utf-8"
    )
    monkeypatch.setattr(texts, "FOLDER", place.parent)
    return place


def rows(database: Database, asked: str) -> list[tuple[Any, ...]]:
    """Ask the database something."""
    with database.session() as session:
        found = [tuple(row) for row in session.execute(text(asked))]
        session.commit()
    return found
