"""The commands about jobs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli
from app.platform import keeping
from app.platform.db import Database, new_id
from app.platform.jobs import worker
from app.platform.jobs.queue import later
from app.platform.keeping import Keep
from app.platform.messages import mail
from app.platform.messages.texts import Words
from app.settings import Settings, settings, use
from tests.platform.jobs.conftest import DONE, doing
from tests.platform.jobs.guests import guest

Run = Callable[..., tuple[str, str, int]]


@pytest.fixture
def run(
    chosen: Settings,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command; give what it said, and its exit code."""

    def run(*words: str) -> tuple[str, str, int]:
        monkeypatch.setattr(sys, "argv", ["app", *words])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        said = capsys.readouterr()
        return said.out, said.err, int(caught.value.code or 0)

    return run


def test_jobs_that_failed_are_listed_and_tried_again(run: Run, database: Database) -> None:
    with database.session() as session:
        later(session, doing, what="hopeless")
        later(session, doing, what="hopeless")
        session.commit()
    assert run("work", "--once")[2] == 0
    first, second = run("jobs", "failed")[0].splitlines()
    assert "try_doing  1 tries" in first
    assert first.endswith("what=hopeless")
    number = second.split()[0]
    assert "1 jobs" in run("jobs", "retry", number)[1]
    assert run("jobs", "failed")[0].splitlines() == [first]
    assert "1 jobs" in run("jobs", "retry")[1]
    assert run("jobs", "failed")[0] == ""
    run("work", "--once")
    assert DONE == ["hopeless"] * 4


def test_a_job_that_did_not_fail_is_not_tried_again(run: Run) -> None:
    _, said, code = run("jobs", "retry", "7")
    assert (code, "No failed job has the number 7" in said) == (1, True)


def test_a_worker_that_ends_by_itself_is_an_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "run", lambda *_, **__: False)
    _, said, code = run("work")
    assert (code, "ended by itself" in said) == (1, True)


def test_a_worker_does_not_begin_with_texts_that_are_not_right(run: Run, folder: Path) -> None:
    (folder / "send.txt").write_text("Hello\n\n$hint", encoding="utf-8")
    _, said, code = run("work", "--once")
    assert (code, "messages/try_letters/send.txt: $hint cannot be sent" in said) == (1, True)


def test_a_worker_does_not_begin_where_nothing_can_be_sent(run: Run) -> None:
    use(settings().model_copy(update={"environment": "production", "mail_folder": None}))
    _, said, code = run("work", "--once")
    assert (code, "APP_SMTP_HOST" in said) == (1, True)


def test_the_mailbox_shows_what_would_have_been_sent(run: Run, chosen: Settings) -> None:
    words = Words("A subject", "Some words\n")
    mail.hand_over(chosen, mail.compose(chosen, new_id(), "ana@example.com", words))
    said, _, code = run("mailbox")
    assert (code, "To: ana@example.com\nSubject: A subject\n\nSome words" in said) == (0, True)
    use(settings().model_copy(update={"mail_folder": None}))
    assert run("mailbox")[2] == 1


def test_what_is_due_is_said_and_done(
    run: Run, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Keep("7 years", "left_on", "erase")
    monkeypatch.setattr(keeping, "RULES", {"try_guests": rule})
    assert run("keep")[0] == "try_guests: nothing is due\n"
    with database.session() as session:
        guest(session, 1, left_on="2001-01-01")
        session.commit()
    for words in (("keep", "--dry-run"), ("keep",)):
        assert run(*words)[0] == "try_guests: erase 1\n"
    assert run("keep")[0] == "try_guests: nothing is due\n"
