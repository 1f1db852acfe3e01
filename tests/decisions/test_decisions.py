"""From answers to decisions: one table, read through copier."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from scaffold import engine
from scaffold.source import Source

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = (
    "app_slug",
    "has_personal",
    "has_staff",
    "session_idle_minutes",
    "session_absolute_minutes",
    "password_min",
    "reads_recorded",
    "code_owner",
    "support_ready",
)
DAY = 24 * 60


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The real questions, and one file that prints what was decided."""
    place = tmp_path_factory.mktemp("probe")
    shutil.copytree(ROOT / "templates" / "questions", place / "templates" / "questions")
    shutil.copy(ROOT / "copier.yml", place)
    names = ", ".join(f"'{name}': {name}" for name in DECISIONS)
    (place / "templates" / "project").mkdir()
    page = place / "templates" / "project" / "decided.json.jinja"
    page.write_text("{{ {" + names + "} | to_json }}\n")
    return Source(str(place))


def decided(probe: Source, into: Path, **answers: Any) -> dict[str, Any]:
    """Every decision that follows from these answers and the defaults of the others."""
    engine.render(probe, {"app_name": "Corner Shop", **answers}, into / "out")
    found: dict[str, Any] = json.loads((into / "out" / "decided.json").read_text())
    return found


TABLE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    # the posture sets how long a session lasts: without use, and in all
    (
        {"posture": "public"},
        {"session_idle_minutes": 7 * DAY, "session_absolute_minutes": 30 * DAY},
    ),
    ({"posture": "internal"}, {"session_idle_minutes": 480, "session_absolute_minutes": DAY}),
    ({"posture": "confidential"}, {"session_idle_minutes": 60, "session_absolute_minutes": DAY}),
    ({"posture": "restricted"}, {"session_idle_minutes": 15, "session_absolute_minutes": 720}),
    # a shared counter caps it, whatever else is used
    ({"posture": "public", "devices": ["shared"]}, {"session_idle_minutes": 15}),
    ({"posture": "internal", "devices": ["phone", "shared"]}, {"session_idle_minutes": 15}),
    # a phone on the road raises it where the posture allows
    ({"posture": "internal", "devices": ["own_computer", "phone"]}, {"session_idle_minutes": 720}),
    ({"posture": "public", "devices": ["phone"]}, {"session_idle_minutes": 7 * DAY}),
    ({"posture": "confidential", "devices": ["phone"]}, {"session_idle_minutes": 60}),
    ({"posture": "restricted", "devices": ["phone"]}, {"session_idle_minutes": 15}),
    # who looked is recorded when it is asked for, for the specially protected, when restricted
    ({"people": ["business_contacts"]}, {"reads_recorded": False, "has_personal": True}),
    ({"people": ["protected"]}, {"reads_recorded": True}),
    ({"audit": "reads"}, {"reads_recorded": True}),
    ({"posture": "restricted"}, {"reads_recorded": True}),
    ({"people": ["nobody"]}, {"has_personal": False}),
    # who gets in and who answers
    ({"users": ["customers"]}, {"has_staff": False}),
    ({}, {"has_staff": True, "code_owner": "@OWNER", "support_ready": False, "password_min": 15}),
    ({"code_owners": "@acme/ops"}, {"code_owner": "@acme/ops"}),
    ({"support_who": "team", "support_contact": "a@b.example"}, {"support_ready": True}),
    ({"support_who": "team"}, {"support_ready": False}),
    # the name becomes a name of a Python project
    ({"app_name": "Oak & Iron – Quotes!"}, {"app_slug": "oak-iron-quotes"}),
    ({"app_name": "Кафе"}, {"app_slug": "app"}),
    ({"app_name": "x" * 39 + " yz"}, {"app_slug": "x" * 39}),
    ({"app_name": "FastAPI"}, {"app_slug": "fastapi-app"}),
]


@pytest.mark.parametrize(("answers", "decisions"), TABLE)
def test_decisions_follow_from_answers(
    probe: Source, tmp_path: Path, answers: dict[str, Any], decisions: dict[str, Any]
) -> None:
    found = decided(probe, tmp_path, **answers)
    assert {name: found[name] for name in decisions} == decisions
