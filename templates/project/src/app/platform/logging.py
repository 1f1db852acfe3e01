"""Logs: one JSON object a line, in UTC, with nothing in it that people typed in.

Say what happened and to which id: `log.info("job_archived", job=job.id)`. Values are redacted by
their key and by their form, but the first line of defence is not to log them. The messages of
exceptions can quote data, so outside development only their type and place are logged.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, TextIO

import structlog

from app.settings import Settings

REDACTED = "<redacted>"
SECRET_KEY = re.compile(
    r"passw|secret|token|cookie|authori[sz]ation|credential|api_?key|e_?mail|login|phone|address",
    re.IGNORECASE,
)
SECRET_FORM = re.compile(
    r"(?<![^\s@\"'<>])[^\s@\"'<>]+@[^\s@\"'<>]+\.[A-Za-z]{2,}"  # an e-mail address
    r"|\b(?:bearer|basic)\s+\S+"
    r"|://[^\s/@:]+:[^\s/@]+@"  # a user and password in an address
    r"|\b[A-Za-z0-9_-]{43}\b"  # a token
    r"|\b[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}\b",  # a payment card
    re.IGNORECASE,
)
DEEPEST = 4
FRAMES = 12

Event = MutableMapping[str, Any]


class Lines:
    """Writes lines to a stream; one that cannot be written does not stop the work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):
            self._stream.write(line + "\n")
            self._stream.flush()

    debug = info = warning = error = msg


def set_up(chosen: Settings, stream: TextIO | None = None) -> None:
    """Send every log, also those of libraries, through the redactor to standard output."""
    stream = stream or sys.stdout
    clean: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        _full_traceback if chosen.environment == "development" else _place_of_error,
        redact,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render = structlog.processors.JSONRenderer(default=str)
    structlog.configure(
        processors=[*clean, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(chosen.log_level)),
        logger_factory=lambda *_: Lines(stream),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*clean, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    )
    out = logging.StreamHandler(stream)
    out.set_name("app")
    out.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if other.name != out.name] + [out]
    root.setLevel(chosen.log_level)
    _quiet_libraries()


def redact(_logger: Any, _method: str, event: Event) -> Event:
    """Take secrets and personal data out of an event, by key and by form."""
    return {key: _clean(key, value, DEEPEST) for key, value in event.items()}


def places(error: BaseException) -> list[str]:
    """Where an error came from, innermost last: its types and places, without its messages."""
    found: list[str] = []
    chain: BaseException | None = error
    while chain is not None and len(found) < FRAMES * 3:
        frames = traceback.extract_tb(chain.__traceback__)[-FRAMES:]
        found[:0] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames] + [
            f"{type(chain).__module__}.{type(chain).__qualname__}"
        ]
        chain = chain.__cause__ or chain.__context__
    return found


@lru_cache(maxsize=1024)
def _is_secret(key: str) -> bool:
    return SECRET_KEY.search(key) is not None


def _clean(key: str, value: Any, depth: int) -> Any:
    if key.startswith("_"):  # structlog's own
        return value
    if _is_secret(key):
        return REDACTED
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping) and depth:
        return {str(k): _clean(str(k), v, depth - 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and depth:
        return [_clean("", item, depth - 1) for item in value]
    return SECRET_FORM.sub(REDACTED, str(value))


def _error_of(event: Event) -> BaseException | None:
    given: Any = event.pop("exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    return given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None


def _place_of_error(_logger: Any, _method: str, event: Event) -> Event:
    error = _error_of(event)
    return event if error is None else {**event, "error": places(error)}


def _full_traceback(_logger: Any, _method: str, event: Event) -> Event:
    error = _error_of(event)
    if error is not None:
        traceback.print_exception(error)
    return event


def _quiet_libraries() -> None:
    """Lines about requests carry whole addresses, with what was typed into them."""
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("uvicorn", "uvicorn.error"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.NOTSET)
    for name in ("httpx2", "httpcore2", "procrastinate"):
        logging.getLogger(name).setLevel(logging.WARNING)
