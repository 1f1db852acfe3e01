"""What became of the lines of a table, or would, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.platform.access import Policy
from app.platform.console.forms import worded
from app.platform.console.screens import Screen
from app.platform.console.words import label
from app.platform.http.problems import Fault
from app.platform.imports.account import Account, LineOutcome
from app.platform.imports.sheets import Line

SHOWN = 500
"""So many lines a page tells of, refused ones first."""
WOULD = {"added": "to add", "changed": "to change"}


@dataclass(frozen=True, slots=True)
class Told:
    """A line: what it is about, what became of it, why it is refused, and where its row is."""

    line: int
    about: str
    outcome: str
    faults: Sequence[str]
    url: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells of a file: the sums, and the lines; `carried` goes with it to be kept."""

    file: str
    account: Account
    sums: Sequence[tuple[str, int]]
    lines: Sequence[Told]
    more: int
    carried: str = ""

    @property
    def to_do(self) -> bool:
        """Whether there is anything to keep, and nothing against it."""
        account = self.account
        return account.dry_run and not account.refused and bool(account.added + account.changed)


def story(screen: Screen, home: str, file: str, table: Sequence[Line], account: Account) -> Story:
    """Tell of a file that was tried or kept; `home` is the address of the list."""
    counts = account.model_dump(include={"added", "changed", "unchanged", "refused"})
    sums = [(called(name, account), count) for name, count in counts.items()]
    ordered = sorted(account.lines, key=lambda line: line.outcome != "refused")
    keys = keyed(screen.policy, table[0])
    told = [tell(line, keys, table, home, account) for line in ordered[:SHOWN]]
    return Story(file, account, sums, told, max(0, len(ordered) - SHOWN))


def tell(
    line: LineOutcome, keys: Sequence[int], table: Sequence[Line], home: str, account: Account
) -> Told:
    """Tell of one line, with what its row is known by in the file."""
    cells = table[line.line - 1]
    there = line.id is not None and (account.written or line.outcome != "added")
    return Told(
        line.line,
        " · ".join(cells[at] for at in keys if cells[at : at + 1] and cells[at]),
        called(line.outcome, account),
        [said(fault) for fault in line.errors],
        f"{home}/{line.id}" if there else None,
    )


def called(outcome: str, account: Account) -> str:
    """Say what became of a line, or would."""
    return outcome if account.written else WOULD.get(outcome, outcome)


def keyed(policy: Policy, header: Line) -> list[int]:
    """Give the columns that say what a row is known by; ids only where nothing else does."""
    known = {*policy.key, *(name.removesuffix("_id") for name in policy.key)}
    found = [at for at, name in enumerate(header) if name.strip() in known]
    return [at for at in found if not header[at].strip().endswith("_id")] or found


def said(fault: Fault) -> str:
    """Say what is wrong, and with which field."""
    place = fault.field.replace("columns.", "column ")
    return f"{label(place)}: {worded(fault.message)}" if place else worded(fault.message)
