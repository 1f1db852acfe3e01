"""Values as cells of a table that people open in a spreadsheet.

A spreadsheet runs a text that begins like a formula. Such a text is written with an apostrophe
before it, and is the same again when it is read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

RUNS = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins, in wide letters too; with apostrophes before it, it was written here."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def cell(value: Any) -> str:
    """Write a value, as JSON has it, into a cell."""
    if value is None:
        return ""
    return harmless(value if isinstance(value, str) else as_json(value))


def as_json(value: Any) -> str:
    """Write a value as JSON, in the letters that it has."""
    return json.dumps(value, ensure_ascii=False)


def several(values: Iterable[str]) -> str:
    """Write several ids into one cell."""
    return " ".join(values)


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet runs it."""
    return f"'{text}" if RUNS.match(text) and not NUMBER.fullmatch(text) else text


def meant(text: str) -> str:
    """Read a text that was written so."""
    return text[1:] if text.startswith("'") and RUNS.match(text) else text
