"""Logs are JSON a line, say what happened, and never repeat what people typed."""

from __future__ import annotations

import json
import logging as standard
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from app.platform import logging
from app.settings import settings

CANARIES = [
    "zoe.canary@example.com",
    "Bearer abc.def.ghi",
    "postgresql://app:s3cr3t-canary@db/app",
    "k" * 43,
    "4111 1111 1111 1111",
    "4111111111111111",
]


@pytest.fixture
def out() -> Iterator[StringIO]:
    stream = StringIO()
    logging.set_up(settings(), stream)
    yield stream
    logging.set_up(settings())


def lines(out: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_in_utc(out: StringIO) -> None:
    structlog.get_logger("app.test").info("job_archived", job="a\nforged line", count=3)
    (line,) = lines(out)
    assert line["event"] == "job_archived"
    assert (line["job"], line["count"], line["level"]) == ("a\nforged line", 3, "info")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("canary", CANARIES)
def test_what_looks_like_a_secret_is_redacted_wherever_it_stands(
    out: StringIO, canary: str
) -> None:
    log = structlog.get_logger("app.test")
    said = f"said {canary}"
    log.info(said, note=canary, deep={"a": [{"b": (canary,)}]}, other=Exception(canary))
    standard.getLogger("library").warning("it was %s", canary)
    assert canary not in out.getvalue()
    assert len(lines(out)) == 2


@pytest.mark.parametrize(
    "key",
    ["password", "new_passwort", "token", "Set-Cookie", "e_mail", "email", "phone", "api_key"],
)
def test_what_is_called_like_a_secret_is_redacted(out: StringIO, key: str) -> None:
    structlog.get_logger("app.test").info("said", **{key: "canary", "nested": {key: ["canary"]}})
    assert "canary" not in out.getvalue()


def test_ids_and_numbers_stay_readable(out: StringIO) -> None:
    known = "01890a5d-ac96-774b-bcce-b302099a8057"
    structlog.get_logger("app.test").info("seen", job=known, ok=True, none=None, share=0.5)
    (line,) = lines(out)
    assert (line["job"], line["ok"], line["none"], line["share"]) == (known, True, None, 0.5)


def test_beyond_a_depth_values_become_redacted_text(out: StringIO) -> None:
    deep: Any = "zoe.canary@example.com"
    for _ in range(10):
        deep = [deep]
    structlog.get_logger("app.test").info("seen", deep=deep)
    assert "canary" not in out.getvalue()


def fail() -> None:
    try:
        raise ValueError("canary in a cause")
    except ValueError as error:
        raise RuntimeError("canary in a message") from error


@pytest.mark.parametrize("as_tuple", [False, True])
def test_an_error_is_logged_by_type_and_place_without_its_message(
    out: StringIO, as_tuple: bool
) -> None:
    log = structlog.get_logger("app.test")
    try:
        fail()
    except RuntimeError as error:
        if as_tuple:
            standard.getLogger("library").exception("failed")
        else:
            log.error("failed", exc_info=error)
            log.exception("failed")
    for line in lines(out):
        assert "builtins.RuntimeError" in line["error"]
        assert "builtins.ValueError" in line["error"]
        assert any("test_logging.py" in place and "fail" in place for place in line["error"])
    assert "canary" not in out.getvalue()


def test_asking_for_an_error_where_there_is_none_is_fine(out: StringIO) -> None:
    structlog.get_logger("app.test").error("odd", exc_info=True)
    structlog.get_logger("app.test").error("odd", exc_info=False)
    assert all("error" not in line for line in lines(out))


def test_a_long_chain_of_errors_is_cut() -> None:
    error = ValueError()
    for _ in range(100):
        outer = ValueError()
        outer.__cause__ = error
        error = outer
    assert len(logging.places(error)) < 50


def test_in_development_the_whole_error_is_shown_on_the_console(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = StringIO()
    logging.set_up(settings().model_copy(update={"environment": "development"}), out)
    log = structlog.get_logger("app.test")
    try:
        fail()
    except RuntimeError:
        log.exception("failed")
    log.info("fine")
    logging.set_up(settings())
    assert "canary in a message" in capsys.readouterr().err
    assert "canary" not in out.getvalue()


def test_less_serious_messages_than_asked_for_are_left_out() -> None:
    out = StringIO()
    logging.set_up(settings().model_copy(update={"log_level": "WARNING"}), out)
    structlog.get_logger("app.test").info("chatter")
    standard.getLogger("uvicorn.error").info("chatter")
    standard.getLogger("uvicorn.access").error("GET /?name=canary")
    logging.set_up(settings())
    assert out.getvalue() == ""


def test_a_log_that_cannot_be_written_does_not_stop_the_work() -> None:
    out = StringIO()
    logging.set_up(settings(), out)
    out.close()
    structlog.get_logger("app.test").info("said")
    logging.set_up(settings())


def test_a_long_text_is_redacted_in_no_time(out: StringIO) -> None:
    structlog.get_logger("app.test").info("said", note="a" * 1_000_000 + "@" + "b:/." * 100_000)
    assert len(lines(out)) == 1
