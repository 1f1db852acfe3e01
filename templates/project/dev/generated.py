"""Files that updates rewrite whole: a change made by hand would be lost, so it is refused.

Each begins with a line that holds the SHA-256 digest of the text below that line.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from dev import PROJECT, DevelopmentError

FILES = ("src/app/registry.py", "docs/model.md", "docs/data-map.md")
LINE = re.compile(r"^.*\bdigest: ([0-9a-f]{64})\b.*\n", re.MULTILINE)


def check(project: Path = PROJECT) -> None:
    """Raises DevelopmentError naming the files that are not as they were generated."""
    changed = [name for name in FILES if not is_as_generated(project / name)]
    if changed:
        raise DevelopmentError(
            f"Changed by hand: {', '.join(changed)}. Updates rewrite these files. Undo the change "
            "(`git checkout`), and say in blueprint.yml what you want, or in main.py, where "
            "routers of your own belong."
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
