"""The one place that catches: every command ends here with its exit code."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scaffold.errors import FINE, INTERRUPTED, OUR_BUG, InputError, SolidgroundError


def outcome(command: Callable[[], int]) -> int:
    """The command's exit code, with its errors said on stderr; no traceback gets out."""
    try:
        return command()
    except SolidgroundError as error:
        _say(f"error: {error}")
        return error.exit_code
    except (KeyboardInterrupt, EOFError):
        _say("\nInterrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return FINE
    except OSError as error:
        _say(f"error: {_in_words(error)}")
        return InputError.exit_code
    except Exception:
        report = write_report(traceback.format_exc())
        _say(
            "error: this is a fault in Solidground, not in what you did.\n"
            f"hint: {report} says what happened; please attach it when you report it"
        )
        return OUR_BUG


def _say(text: str) -> None:
    from scaffold import console  # noqa: PLC0415  (only when something went wrong)

    console.say(text)


def _in_words(error: OSError) -> str:
    about = f"{error.filename}: " if error.filename else ""
    return f"{about}{error.strerror or error}."


def _forget_stdout() -> None:
    """Whoever read our output stopped; the interpreter must not stumble over it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_report(trace: str) -> Path:
    """What somebody needs to find the fault: versions, the command without values, the trace."""
    now = datetime.now(UTC)
    path = Path(tempfile.gettempdir()) / f"solidground-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    words = " ".join(_without_value(word) for word in sys.argv[1:])
    page = (
        f"Solidground {version()} on Python {platform.python_version()}, {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')}\nscaffold {words}\n\n{trace}"
    )
    path.write_text(page, encoding="utf-8")
    return path


def _without_value(word: str) -> str:
    key, equals, _ = word.partition("=")
    return f"{key}=…" if equals else word


def version() -> str:
    """The installed version, or `unknown` when run from files that were never installed."""
    from importlib import metadata  # noqa: PLC0415  (slow to import)

    try:
        return metadata.version("solidground")
    except metadata.PackageNotFoundError:
        return "unknown"
