"""What is measured among a million rows is what the application sends, with few rows as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev.million import EXAMPLE, filled
from dev.projects import generate
from dev.serving import working
from dev.stating import sent


@pytest.mark.full
def test_a_filled_project_says_what_it_sends(tmp_path: Path) -> None:
    project = tmp_path / "project"
    generate(EXAMPLE, project)
    with filled(project, tmp_path, 2_000) as found:
        assert {name: sql.split(maxsplit=2)[0] for name, (sql, _) in found.sent.items()} == {
            "filtered list": "SELECT",
            "one page deep in": "SELECT",
            "create": "INSERT",
        }
        assert "(visits.planned_for, visits.id) < " in found.sent["one page deep in"][0]
        with working(project, found.env, 2):
            for name in found.sent:
                assert sent(found.statement(name), processes=1, connections=1, seconds=0.2).rate > 0
