"""What became of an import, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from app.platform import values as v
from app.platform.http.problems import Fault


class LineOutcome(BaseModel):
    """What became of a line: the row that it is about, or why it is refused."""

    line: int
    outcome: Literal["added", "changed", "unchanged", "refused"]
    id: v.Id | None = None
    errors: list[Fault] = []


class Account(BaseModel):
    """What became of a table. With `written` false nothing was kept, not even what is fine."""

    dry_run: bool
    written: bool
    added: int
    changed: int
    unchanged: int
    refused: int
    ignored_columns: list[str]
    lines: list[LineOutcome]

    @classmethod
    def of(
        cls, lines: Sequence[LineOutcome], ignored: list[str], *, dry_run: bool, written: bool
    ) -> Account:
        """Sum lines up."""
        said = [line.outcome for line in lines]
        counts = {name: said.count(name) for name in ("added", "changed", "unchanged", "refused")}
        return cls(
            dry_run=dry_run, written=written, ignored_columns=ignored, lines=list(lines), **counts
        )
