"""Ways to plant a fault in a generated project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Edit = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Bite:
    """A fault: how it gets in, the step that has to catch it, and a pattern of what that says.

    `narrowed` are words for pytest, for the step `tests`: which part of it is enough.
    """

    name: str
    plant: Edit
    step: str
    says: str
    narrowed: str = ""


def replace(path: str, old: str, new: str) -> Edit:
    """Replace a text that has to be there, once."""

    def edit(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{path} does not hold {old!r}"
        (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def append(path: str, more: str) -> Edit:
    """Write more at the end of a file, which may be new."""

    def edit(project: Path) -> None:
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(more)

    return edit


def first_import(path: str, line: str) -> Edit:
    """Import one thing more."""
    start = "from __future__ import annotations\n\n"
    return replace(path, start, f"{start}{line}\n")


def both(first: Edit, second: Edit) -> Edit:
    """Two edits."""

    def edit(project: Path) -> None:
        first(project)
        second(project)

    return edit


def migration(body: str) -> Edit:
    """A migration written by hand that follows the first one."""
    return append(
        "migrations/versions/0002_planted.py",
        '"""Planted."""\n\nfrom alembic import op\n\nrevision = "0002_planted"\n'
        'down_revision = "0001_initial"\nbranch_labels = None\ndepends_on = None\n\n\n'
        f"def upgrade() -> None:\n    op.execute({body!r})\n\n\n"
        "def downgrade() -> None:\n    pass\n",
    )
