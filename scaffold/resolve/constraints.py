"""The names and texts of constraints, as `app.platform.constraints` makes them from the models.

The frozen first migration and the models must say the same; a generated project's drift check
compares the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

LONGEST_NAME = 63
TENANT = "tenant__id"
"""The column that says whose a row is, of the customers that a system separates."""


def check_name(label: str, sql: str) -> str:
    """The name of a CHECK: its label and a digest of its text."""
    return f"ck_{label[: LONGEST_NAME - 12]}_{_digest(sql)}"


def fitting(*parts: str, longest: int = LONGEST_NAME) -> str:
    """The parts as one name; one that is too long, usually for PostgreSQL, ends in a digest.

    No name holds two underscores side by side: other parts, and tables, give other names.
    """
    name = "__".join(parts)
    return name if len(name) <= longest else f"{name[: longest - 9]}_{_digest(name)}"


def literal(value: int | str) -> str:
    """An SQL literal."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def checks(
    column: str,
    *,
    text: bool = False,
    choices: tuple[str, ...] = (),
    low: int | str | None = None,
    high: int | str | None = None,
    pattern: str | None = None,
) -> Iterator[tuple[str, str]]:
    """Name and SQL of each CHECK that a column's rules ask for."""
    subject = f'char_length("{column}")' if text else f'"{column}"'
    if choices:
        listed = ", ".join(literal(choice) for choice in choices)
        yield _named(f"{column}_choices", f'"{column}" IN ({listed})')
    if low is not None:
        yield _named(f"{column}_min", f"{subject} >= {literal(low)}")
    if high is not None:
        yield _named(f"{column}_max", f"{subject} <= {literal(high)}")
    if pattern is not None:
        yield _named(f"{column}_pattern", f'"{column}" ~ {literal(f"^({pattern})$")}')


def _named(label: str, sql: str) -> tuple[str, str]:
    return check_name(label, sql), sql


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
