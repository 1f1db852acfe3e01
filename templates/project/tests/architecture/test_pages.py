"""Pages do what they do through services, which ask the policies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import app.platform.console

CONSOLE = Path(*app.platform.console.__path__)


def shortcuts(folder: Path) -> Iterator[str]:
    """Name where a page takes hold of the database session: what it does there nobody rules."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "session":
                yield f"{path.name}:{node.lineno} {ast.unparse(node)}"


def test_no_page_works_past_the_services() -> None:
    assert list(shortcuts(CONSOLE)) == []


def test_a_page_that_works_past_the_services_is_found(tmp_path: Path) -> None:
    (tmp_path / "rows.py").write_text("def end(work, row):\n    work.session.delete(row)\n")
    assert list(shortcuts(tmp_path)) == ["rows.py:2 work.session"]
