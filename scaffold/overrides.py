"""`--set section.key=value`: overriding one key of a blueprint from the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from scaffold.blueprint.faults import listed, nearest
from scaffold.blueprint.language import BLUEPRINT_BLOCK
from scaffold.blueprint.shapes.blocks import Block
from scaffold.errors import UsageError
from scaffold.interview.amend import set_key
from scaffold.resolve.facts import KEPT
from scaffold.resolve.people import PEOPLE, SENSITIVE

ANSWERED = ("people", "sensitive", *KEPT)
"""What an answer can say and a blueprint cannot."""

_CHOICES = {"people": PEOPLE, "sensitive": SENSITIVE}
_LEFT_TO_THE_FILE = ("blueprint", "records", "roles", "retired")


@dataclass(frozen=True, slots=True)
class Override:
    """One `--set`: a dotted key and its value."""

    key: str
    value: Any


def read_overrides(typed: Iterable[str]) -> list[Override]:
    """What the options say. UsageError for what is no key, with the one that was meant."""
    return [_override(text) for text in typed]


def _override(text: str) -> Override:
    key, equals, written = text.partition("=")
    if not equals:
        raise UsageError(
            f"--set takes section.key=value; this is {text!r}.",
            "write --set identity.staff=google",
        )
    _refuse_unknown(key)
    try:
        value = YAML(typ="safe", pure=True).load(written) if written else ""
    except YAMLError as error:
        raise UsageError(f"The value in --set {text} is not YAML.", "put it in quotes") from error
    if key in KEPT or not isinstance(value, (str, int, bool, list, dict)):
        value = written
    if key in _CHOICES:
        value = _chosen(key, value)
    return Override(key, value)


def _chosen(key: str, value: Any) -> list[str]:
    """One or several of the choices, in their order."""
    typed = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
    strange = [str(item) for item in typed if item and item not in _CHOICES[key]]
    if strange:
        raise UsageError(f"{key} takes {listed(_CHOICES[key], 'and')}; not {listed(strange)}.")
    return [choice for choice in _CHOICES[key] if choice in typed]


def _refuse_unknown(key: str) -> None:
    if key in ANSWERED:
        return
    known: dict[str, Any] = dict(BLUEPRINT_BLOCK.keys)
    steps = key.split(".")
    for place, step in enumerate(steps):
        if step not in known or (place == 0 and step in _LEFT_TO_THE_FILE):
            before = ".".join(steps[:place])
            raise UsageError(*_no_such_key(key, before, step, known))
        shape = known[step]
        known = dict(shape.keys) if isinstance(shape, Block) else {}


def _no_such_key(key: str, before: str, step: str, known: Iterable[str]) -> tuple[str, str | None]:
    names = [name for name in known if before or name not in _LEFT_TO_THE_FILE]
    if not before:
        names += ANSWERED
    if not names:
        return f"--set {key}: {before} holds a value and no further keys.", f"--set {before}=…"
    best = nearest(step, names)
    where = f"{before} takes" if before else "the keys are"
    message = f"--set {key}: there is no key {step}; {where} {listed(names, 'and')}."
    full = f"{before}.{best}" if before else best
    return message, f"did you mean {full}?" if best else None


def apply_overrides(text: str, overrides: Iterable[Override]) -> str:
    """The blueprint's text with the keys set; what only an answer can say is left out."""
    for override in overrides:
        if override.key not in ANSWERED:
            text = set_key(text, override.key, override.value)
    return text
