"""Many workers at once, of which one is killed: nothing is lost, nothing is done twice."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from app.platform.db import Database
from app.platform.jobs import clock
from app.platform.messages.models import Message
from app.platform.workflow import Moved
from app.settings import Settings
from dev import PROJECT
from tests.platform.jobs.conftest import rows
from tests.platform.jobs.letters import Desk, letter, move
from tests.platform.jobs.smtp import Post, serving
from tests.platform.jobs.test_clock import DAY, midnight
from tests.platform.jobs.test_telling import writing

MANY, WORKERS = 60, 3
SECONDS = 180
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'send_message'"
START = "from tests.platform.jobs import a_worker; a_worker.work()"


@contextmanager
def workers(chosen: Settings, folder: Path, post: Post) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run workers as processes of their own."""
    own = {
        "APP_DATABASE_URL": chosen.database_url,
        "APP_WORKER_SILENT_SECONDS": "2",
        "APP_SMTP_HOST": "127.0.0.1",
        "APP_SMTP_PORT": str(post.port),
        "APP_SMTP_SECURITY": "none",
        "PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}",
        "TEXTS": str(folder.parent),
    }
    command = [sys.executable, "-c", START]
    started = [
        subprocess.Popen(command, env=os.environ | own, stderr=subprocess.DEVNULL)
        for _ in range(WORKERS)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def test_each_message_is_sent_once_though_a_worker_is_killed(
    database: Database, chosen: Settings, folder: Path
) -> None:
    with writing(database) as work:
        desk = Desk(address="desk@example.com")
        work.session.add(desk)
        work.session.flush()
        for _ in range(MANY):
            move(work, letter(work.session, stage="sent", desk_id=desk.id).id, "tell")
    with serving(Post(seconds=0.02)) as post, workers(chosen, folder, post) as started:
        until(lambda: len(post.taken) > MANY // 4)
        started[0].send_signal(signal.SIGKILL)
        until(lambda: rows(database, WAITING) == [(0,)])
    taken = Counter(str(mail["Message-ID"]) for mail in post.taken)
    assert len(taken) == MANY
    # Of what the killed worker was just sending, the server may have had one already.
    assert sum(taken.values()) <= MANY + 1
    with database.session() as session:
        sent = select(func.count()).where(Message.outcome == "sent")
        assert session.scalar(sent) == MANY


def test_each_row_is_moved_once_by_clocks_that_strike_at_once(database: Database) -> None:
    with database.session() as session:
        for at in range(MANY // 4):
            letter(session, stage="sent" if at % 2 else "open", due_on=DAY)
        session.commit()

    def strike(_number: int) -> None:
        clock.strike(database, midnight() + dt.timedelta(seconds=1))

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(strike, range(WORKERS)))
    with database.session() as session:
        made = Counter(session.scalars(select(Moved.record_id)))
    assert (len(made), set(made.values())) == (MANY // 4, {1})


def until(done: object) -> None:
    """Wait until something is so."""
    assert callable(done)
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.1)
