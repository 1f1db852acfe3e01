"""The texts of messages, which are yours: `messages/<record>/<move>.txt` beside this package.

The first line is the subject. `$name` stands for a field of the row, `$app_name` for the name of
the system. What is masked, sealed or narrowed to some roles cannot be sent, and a text that names
it is refused before anything is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from app.platform.access import POLICIES, Policy
from app.platform.db import Entity
from app.platform.work import UnitOfWork
from app.settings import Settings

FOLDER = Path(__file__).parents[2] / "messages"
LONGEST_SUBJECT = 200
BUILT_IN = frozenset({"number", "stage"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says."""

    subject: str
    body: str


def write(work: UnitOfWork, policy: Policy, row: Entity, move: str) -> Words:
    """Fill the text of a move with the row's values; a value never makes a line of a header."""
    names = nameable(policy) - {"app_name"}
    values = {name: said(getattr(row, name), work.settings) for name in names}
    text = path_of(policy, move).read_text(encoding="utf-8")
    subject, _, body = text.partition("\n")
    known = values | {"app_name": work.settings.app_name}
    title = " ".join(Template(subject).substitute(known).split())
    return Words(title[:LONGEST_SUBJECT], Template(body).substitute(known).strip() + "\n")


def said(value: Any, chosen: Settings) -> str:
    """Write a value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(ZoneInfo(chosen.time_zone)):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def nameable(policy: Policy) -> frozenset[str]:
    """Give the names that a text about a record may hold."""
    return frozenset(
        column.name
        for column in policy.table.columns
        if column.info["data"] in ("public", "internal")
        and not column.foreign_keys
        and column.name not in policy.masked | policy.seen_by.keys()
        and not {"system", "sealed", "digest_of"} & {k for k, v in column.info.items() if v}
    ) | {"app_name"}


def faults(policies: Iterable[Policy] = ()) -> Iterator[str]:
    """Say what is wrong with the texts of moves that tell somebody, one sentence a fault."""
    for policy in policies or POLICIES.values():
        for name, move in policy.workflow.moves.items():
            if move.tells:
                yield from faults_in(policy, path_of(policy, name))


def faults_in(policy: Policy, path: Path) -> Iterator[str]:
    """Say what is wrong with one text."""
    place = path.relative_to(FOLDER).as_posix()
    if not path.is_file():
        yield f"messages/{place} is missing: write what the move tells."
        return
    text = Template(path.read_text(encoding="utf-8"))
    if not text.template.partition("\n")[0].strip():
        yield f"messages/{place}: its first line is the subject, and is blank."
    if not text.is_valid():
        yield f"messages/{place}: a $ stands before a name; write $$ for the sign itself."
    for name in sorted(set(text.get_identifiers()) - nameable(policy)):
        yield (
            f"messages/{place}: ${name} cannot be sent; a text may hold "
            f"{', '.join(sorted(nameable(policy)))}."
        )


def path_of(policy: Policy, move: str) -> Path:
    """Give the file that holds the text of a move."""
    return FOLDER / policy.table.name / f"{move}.txt"
