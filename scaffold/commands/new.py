"""`scaffold new`: from a blueprint, or from a conversation, to a project."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold import console
from scaffold.blueprint.reading import read_back, reading_as_text
from scaffold.document import Document, read_document
from scaffold.errors import FINE, INTERRUPTED
from scaffold.generating import Made, generate, refuse_taken
from scaffold.interview.amend import set_key
from scaffold.interview.words import Words
from scaffold.overrides import read_overrides
from scaffold.preparing import Prepared, Wishes, prepare
from scaffold.source import Source, find_source, template_root

NEXT = ("make run", "make test")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to go about it: with git, with a lock, telling a machine."""

    git: bool
    lock: bool
    json: bool


def run(  # noqa: PLR0917  (the options of the command, in their order)
    directory: Path,
    blueprint: Path | None = None,
    defaults: bool = False,
    overrides: Sequence[str] = (),
    git: bool = True,
    lock: bool = True,
    json: bool = False,
    source: Source | None = None,
) -> int:
    """Make the project in `directory`; 0 when it is there, 130 when the person says no."""
    how = Manner(git, lock, json)
    target = Path(directory).absolute()
    refuse_taken(target)
    template = source or find_source()
    document = read_document(blueprint) if blueprint else _starter(template, target)
    wishes = Wishes(read_overrides(overrides), defaults, fresh=blueprint is None)
    ask = console.ask if console.talks_to_a_person() and not how.json else None
    prepared = prepare(document, wishes, lambda: Words(template_root(template)), ask, console.say)
    _show(prepared, target, template)
    if prepared.asked and not _agreed():
        console.say("Nothing was written.")
        return INTERRUPTED
    made = generate(
        template, prepared.answers, target, console.step, with_lock=how.lock, with_git=how.git
    )
    _tell(prepared, made, directory, how)
    if how.json:
        console.data_as_json(_as_data(prepared, made, target, template))
    return FINE


def _starter(template: Source, target: Path) -> Document:
    """The small blueprint to start from, under the folder's name."""
    text = (template_root(template) / "examples" / "starter.yml").read_text(encoding="utf-8")
    name = " ".join(target.name.replace("-", " ").replace("_", " ").split()).title()
    text = set_key(text, "app", name[:80] or "My System")
    text = set_key(text, "about", f"Keeps the records of {name[:80] or 'My System'}.")
    return Document(text.encode(), "the starter blueprint")


def _agreed() -> bool:
    try:
        answer = console.ask("Go ahead? [yes] > ")
    except EOFError:
        return False
    return answer.lower() in ("", "y", "yes")


def _show(prepared: Prepared, target: Path, template: Source) -> None:
    blueprint = prepared.blueprint
    console.say(reading_as_text(read_back(blueprint)))
    console.say(f"{blueprint.app} goes to {target}:")
    console.say(f"  records    {', '.join(blueprint.records)}")
    console.say(f"  sign-in    {_sign_in(prepared.answers)}")
    console.say(f"  runs on    {prepared.answers['run_on']}, built by {prepared.answers['ci']}")
    console.say(f"  data       {prepared.answers['posture']}")
    if template.dev:
        console.say(f"  template   a development version: {template.dev}")
    console.say()


def _sign_in(answers: dict[str, Any]) -> str:
    ways = {
        "staff": answers["staff_sign_in"],
        "customers": answers["customer_sign_in"],
        "software": answers["software_access"],
    }
    return ", ".join(f"{who} by {way}" for who, way in ways.items() if way != "none") or "nobody"


def _tell(prepared: Prepared, made: Made, directory: Path, how: Manner) -> None:
    if not made.named:
        console.warn(
            "git does not know your name, so the first commit carries Solidground's. "
            "`git config --global user.name` and `user.email` set it for the next ones."
        )
    if prepared.answers["not_built"]:
        console.warn(
            "the blueprint says this, and it is not built yet:", prepared.answers["not_built"]
        )
    if prepared.answers["open_items"]:
        console.warn("these are open until somebody settles them:", _open_items(prepared))
    console.say(f"\n{made.files} files are in {directory}. Next:")
    for line in _next(directory, how):
        console.say(f"  {line}")


def _open_items(prepared: Prepared) -> list[str]:
    items = prepared.answers["open_items"]
    return [f"{item['about']}: {item['who']}, by {item['by']}" for item in items]


def _next(directory: Path, how: Manner) -> list[str]:
    missing = [] if how.lock else ["uv lock"]
    commit = [] if how.git else ['git init -b main && git add -A && git commit -m "As generated"']
    return [f"cd {_quoted(str(directory))}", *missing, *commit, *NEXT]


def _quoted(path: str) -> str:
    import shlex  # noqa: PLC0415

    return shlex.quote(path) if sys.platform != "win32" else f'"{path}"'


def _as_data(prepared: Prepared, made: Made, target: Path, template: Source) -> dict[str, Any]:
    return {
        "app": prepared.blueprint.app,
        "commit": made.commit,
        "directory": str(target),
        "files": made.files,
        "not_built": prepared.answers["not_built"],
        "open_items": prepared.answers["open_items"],
        "records": [record["id"] for record in prepared.answers["model"]["records"]],
        "template": {"dev": template.dev, "ref": template.ref, "url": template.url},
    }
