"""From a blueprint's text to answers: overrides, the interview, what was left open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scaffold.answers import canonical
from scaffold.blueprint import Blueprint, load
from scaffold.blueprint.source.text import decode
from scaffold.document import Document
from scaffold.errors import UsageError
from scaffold.interview.conversation import Ask, Conversation, Say
from scaffold.interview.order import open_questions, said_facts, settled, settled_by
from scaffold.interview.words import Words
from scaffold.interview.writing import write_answers, write_open_items
from scaffold.overrides import ANSWERED, Override, apply_overrides
from scaffold.resolve import resolve
from scaffold.resolve.facts import KEYS, facts


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked blueprint with nothing open, and the answers it resolves to."""

    blueprint: Blueprint
    answers: dict[str, Any]
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to settle what a blueprint leaves open: by asking, or by the defaults.

    `fresh` means that the text is our starter: what it says is nobody's word.
    """

    overrides: list[Override] = field(default_factory=list)
    defaults: bool = False
    fresh: bool = False


def prepare(
    document: Document,
    wishes: Wishes,
    words: Callable[[], Words],
    ask: Ask | None = None,
    say: Say = print,
) -> Prepared:
    """Settle what the blueprint leaves open. Without `ask` and defaults, open means UsageError."""
    text = apply_overrides(decode(document.content, document.name), wishes.overrides)
    blueprint = load(text, document.name)
    applied = {o.key: o.value for o in wishes.overrides if o.key in ANSWERED}
    known = {**facts(blueprint, applied), **applied}
    said = _said(blueprint, known, wishes) | set(applied)
    wording = words()
    start = settled(wording, known, said)
    if not open_questions(wording, start, said):
        return Prepared(blueprint, answers_of(blueprint, applied))
    return _settle(text, blueprint, wishes, _Open(wording, start, said), ask, say)


@dataclass(frozen=True, slots=True)
class _Open:
    words: Words
    answers: dict[str, Any]
    said: set[str]

    def names(self) -> list[str]:
        return [
            n for _, names in open_questions(self.words, self.answers, self.said) for n in names
        ]


def _settle(
    text: str, blueprint: Blueprint, wishes: Wishes, left: _Open, ask: Ask | None, say: Say
) -> Prepared:
    if wishes.defaults:
        names = set(left.names())
        answers, unsure, asked = left.answers, left.names(), 0
    elif ask is not None:
        talk = Conversation(left.words, left.answers, left.said, ask, say)
        talk.run()
        answers, unsure = talk.answers, [n for n in left.words.wordings if n in talk.unsure]
        names, asked = talk.answered, len(talk.answered)
    else:
        raise _nobody_to_ask(left)
    document = "the blueprint with your answers"
    text = write_answers(text, blueprint, answers, settled_by(names) - left.said)
    if answers["separation"] != "no" and load(text, document).separate_by is None:
        unsure = [*unsure, "separation"]  # no record was found that could separate them
    text = write_open_items(text, blueprint, dict.fromkeys(unsure), date.today())
    final = load(text, document)
    kept = {name: answers[name] for name in (*ANSWERED, "separation")}
    return Prepared(final, answers_of(final, kept), asked)


def _said(blueprint: Blueprint, known: Mapping[str, Any], wishes: Wishes) -> set[str]:
    if not wishes.fresh:
        return said_facts(blueprint, known)
    keys = {override.key for override in wishes.overrides}
    return {name for name in said_facts(blueprint, known) if _set_by(name, keys)} | {"app_name"}


def _set_by(name: str, keys: set[str]) -> bool:
    key = KEYS.get(name, name)
    return any(key == given or given.startswith(f"{key}.") for given in keys)


def _nobody_to_ask(left: _Open) -> UsageError:
    lines = [f"  {name}: {left.words.wordings[name].help}" for name in left.names()]
    return UsageError(
        "The blueprint leaves questions open, and nobody is at a terminal to answer them:\n"
        + "\n".join(lines),
        "pass --defaults to take the default of each and list them as open items, "
        "or --set section.key=value for those you know",
    )


def answers_of(blueprint: Blueprint, applied: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every answer that copier stores, sorted; `applied` are those a project has."""
    answers: dict[str, Any] = canonical(resolve(blueprint, dict(applied or {})))
    return answers
