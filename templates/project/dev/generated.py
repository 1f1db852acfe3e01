"""Files that updates rewrite whole: a change made by hand would be lost, so it is refused.

Each begins with a line that holds the SHA-256 digest of the text below that line.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from dev import PROJECT, DevelopmentError, exit_code

DOMAINS = "src/app/domains"
FILES = (
    "src/app/registry.py",
    "src/app/screens.py",
    "src/app/ways.py",
    "docs/model.md",
    "docs/data-map.md",
)
LINE = re.compile(r"^.*\bdigest: ([0-9a-f]{64})\b.*\n", re.MULTILINE)


def check(project: Path = PROJECT) -> None:
    """Raises DevelopmentError naming the files that are not as they were generated.

    And those that are left of a record that is gone: they import what is no longer there.
    """
    if left := left_over(project):
        raise DevelopmentError(
            f"Left of records that are no longer in blueprint.yml: {', '.join(left)}. They are "
            "yours, so the update kept them. Move what you still need, and delete them."
        )
    changed = [name for name in FILES if not is_as_generated(project / name)]
    if changed:
        raise DevelopmentError(
            f"Changed by hand: {', '.join(changed)}. Updates rewrite these files. Undo the change "
            "(`git checkout`), and say in blueprint.yml what you want, or in main.py, where "
            "routers of your own belong."
        )


def left_over(project: Path) -> list[str]:
    """Name the modules in folders of records that are no packages: only a record makes one."""
    folders = [one for one in (project / DOMAINS).glob("*/") if not (one / "__init__.py").exists()]
    return sorted(
        path.relative_to(project).as_posix() for one in folders for path in one.rglob("*.py")
    )


def is_as_generated(path: Path) -> bool:
    """Whether the text of a file still has the digest that its first line names."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    found = LINE.match(text)
    return found is not None and digest(text[found.end() :]) == found[1]


def digest(text: str) -> str:
    """The digest of a text, the same whatever blank lines are around it."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(exit_code(check))
