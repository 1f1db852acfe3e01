"""`scaffold check`: every fault of a blueprint, in one pass."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from scaffold import console
from scaffold.blueprint import check, faults_as_text
from scaffold.document import read_document
from scaffold.errors import FINE, InputError


def run(file: Path, json: bool = False) -> int:
    """Print the faults; 1 when there are any."""
    document = read_document(file)
    faults = check(document.content, document.name)
    if json:
        console.data_as_json(
            {"faults": [asdict(fault) for fault in faults], "source": document.name}
        )
    elif faults:
        console.data(faults_as_text(faults, document.name))
        console.say(f"\n{len(faults)} {'fault' if len(faults) == 1 else 'faults'}.")
    else:
        console.say(f"{document.name} is fine.")
    return InputError.exit_code if faults else FINE
