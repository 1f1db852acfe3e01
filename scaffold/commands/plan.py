"""`scaffold plan`: what an update would change, and what has to be settled before."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from scaffold import console
from scaffold.errors import FINE, ConflictError
from scaffold.planning import as_lines, in_words, make_plan
from scaffold.project import open_project


def run(directory: Path, json: bool = False) -> int:
    """Print every difference; 0 when an update would make them all, 5 when it would stop."""
    plan = make_plan(open_project(directory))
    if json:
        console.data_as_json({"changes": [asdict(change) for change in plan.changes]})
    elif plan.changes:
        console.data("\n".join(as_lines(plan.changes)))
    else:
        console.say("The blueprint says what it said when it was applied.")
    if plan.stopping:
        count = in_words(len(plan.stopping))
        console.say(f"\n{count} before `scaffold update` changes anything.")
        return ConflictError.exit_code
    if plan.changes and not json:
        console.say("\nNext: scaffold update")
    return FINE
