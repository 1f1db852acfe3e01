"""The texts of messages: what they may hold, and how values stand in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.platform.access import Policy
from app.platform.db import Database
from app.platform.jobs.system import system_work
from app.platform.messages import texts
from app.settings import Settings, settings
from tests.platform.jobs.letters import Letter, Letters

POLICY: Policy = Letters.policy


def written(database: Database, text: str, folder: Path, **values: object) -> texts.Words:
    """Fill a text with a letter's values."""
    (folder / "send.txt").write_text(text, encoding="utf-8")
    with system_work(database, "try:write") as work:
        row = Letter(**({"title": "a letter", "stage": "open"} | values))
        return texts.write(work, POLICY, row, "send")


def test_values_stand_as_people_read_them(database: Database, folder: Path) -> None:
    at = dt.datetime(2026, 7, 1, 12, 30, tzinfo=dt.UTC)
    words = written(
        database,
        "$title\n\n$price|$urgent|$due_on|$due_at|$app_name|$$",
        folder,
        price=Decimal("5.50"),
        urgent=True,
        due_on=at.date(),
        due_at=at,
    )
    local = at.astimezone(ZoneInfo(settings().time_zone))
    day, name = f"{local:%Y-%m-%d %H:%M}", settings().app_name
    assert words == texts.Words("a letter", f"5.50|yes|2026-07-01|{day}|{name}|$\n")
    assert written(database, "s\n\n$price|$urgent", folder, urgent=False).body == "|no\n"


def test_a_value_makes_no_line_of_a_header(database: Database, folder: Path) -> None:
    title = "hello\r\nBcc: everyone@example.com\u2028X: y"
    words = written(database, "$title\n\n$title", folder, title=title)
    assert words.subject == "hello Bcc: everyone@example.com X: y"
    assert len(written(database, "$title\n", folder, title="x" * 500).subject) == 200


def test_a_value_is_not_a_text_itself(database: Database, folder: Path) -> None:
    assert written(database, "$title\n", folder, title="$hint").subject == "$hint"


@pytest.mark.parametrize("name", ["hint", "inner", "desk_id", "id", "nothing", "version"])
def test_what_cannot_be_sent_is_refused(folder: Path, name: str) -> None:
    (folder / "send.txt").write_text(f"Hello\n\n${name}", encoding="utf-8")
    (fault,) = texts.faults([POLICY])
    assert f"${name} cannot be sent" in fault
    assert "title" in fault


@pytest.mark.parametrize(
    ("text", "said"), [("\n\nHello", "is blank"), ("It costs $ 5\n", "$$ for the sign itself")]
)
def test_a_text_that_is_not_right_is_refused(folder: Path, text: str, said: str) -> None:
    (folder / "send.txt").write_text(text, encoding="utf-8")
    (fault,) = texts.faults([POLICY])
    assert said in fault
    assert fault.startswith("messages/try_letters/send.txt")


def test_a_text_that_is_missing_is_named(folder: Path, chosen: Settings) -> None:
    (folder / "tell.txt").unlink()
    assert [fault for fault in texts.faults() if "try_letters" in fault] == [
        "messages/try_letters/tell.txt is missing: write what the move tells."
    ]
