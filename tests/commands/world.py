"""A small template in a git repository of its own, with the real settings and questions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scaffold.source import Source

ROOT = Path(__file__).resolve().parents[2]
RECORD = "src/app/domains/{% yield record from model.records %}{{ record.id }}{% endyield %}"
FILES = {
    "README.md.jinja": "# {{ app_name }}\n\n{{ about }}\n\nOne.\nTwo.\nThree.\nFour.\nFive.\n",
    "CHANGELOG.md": "# Changelog\n",
    "session.txt.jinja": "{{ session_idle_minutes }}\n",
    f"{RECORD}/models.py.jinja": 'NAME = "{{ record.id }}"\n',
    f"{RECORD}/rules.py": '"""Yours."""\n',
    "migrations/versions/0001_initial.py.jinja": (
        "{% for record in model.records %}\n# {{ record.id }}\n{% endfor %}\n"
    ),
}
BLUEPRINT = """\
# What the shop needs.
blueprint: 1
app: Corner Shop
about: Sells things.
timezone: UTC
data: internal
identity: {staff: password, customers: none, software: none, devices: [own_computer]}
support:
  first: {who: team, name: Ops, contact: ops@example.com, code_owners: "@acme/ops"}
  stand_in: cto@example.com
  after_hours: wait
  may_be_down: 4 hours a month
  may_lose: 1 hour
  pays: cfo@example.com
delivery: {ci: github, run_on: compose, budget: 100 a month}
open_items:
  - {about: data.people, who: ops@example.com, by: 2027-01-01}
  - {about: data.sensitive, who: ops@example.com, by: 2027-01-01}
  - {about: data.show_contacts, who: ops@example.com, by: 2027-01-01}
  - {about: records.keep, who: ops@example.com, by: 2027-01-01}
  - {about: records.keep_then, who: ops@example.com, by: 2027-01-01}
  - {about: identity.first_administrator, who: ops@example.com, by: 2027-01-01}
  - {about: identity.stand_in_administrator, who: ops@example.com, by: 2027-01-01}
roles: {staff: Serves customers}
records:
  Item:
    fields: {name: text}  # more to come
    may: {staff: [add, see, change]}
  Shelf:
    fields: {name: text}
    may: {staff: [add, see]}
"""


def run_git(*arguments: str, at: Path) -> str:
    """What git prints."""
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=at, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(at: Path, message: str = "a change") -> None:
    """Commit everything."""
    run_git("add", "-A", at=at)
    run_git("commit", "-q", "--no-verify", "--no-gpg-sign", "-m", message, at=at)


def make_template(place: Path) -> Source:
    """A template with the real copier.yml and questions, tagged v1.0.0."""
    shutil.copytree(ROOT / "templates" / "questions", place / "templates" / "questions")
    shutil.copytree(ROOT / "examples", place / "examples")
    shutil.copy(ROOT / "copier.yml", place)
    project = place / "templates" / "project"
    for name, body in FILES.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    for name in ("blueprint.yml.jinja", "{{ _copier_conf.answers_file }}.jinja"):
        shutil.copy(ROOT / "templates" / "project" / name, project)
    run_git("init", "-q", "-b", "main", at=place)
    commit(place, "template")
    run_git("tag", "v1.0.0", at=place)
    return Source(str(place), "HEAD")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file outside .git, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def plain_copier(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Copier's own command."""
    return subprocess.run(
        [sys.executable, "-m", "copier", *arguments],
        cwd=at,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COPIER_SETTINGS_PATH": os.devnull},
    )
