"""A blueprint read back: its sentences in sections, and what they leave to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.reading.english import sentence
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.page import Line, Question, Reading, Sentence
from scaffold.blueprint.reading.questions import Finding, findings
from scaffold.blueprint.reading.records import record_lines
from scaffold.blueprint.reading.sensitivity import posture_lines
from scaffold.blueprint.reading.system import (
    delivery_lines,
    identity_lines,
    open_lines,
    purpose_lines,
    role_lines,
    support_lines,
)

_SYSTEM = (
    ("What it is for", purpose_lines),
    ("How sensitive it is", posture_lines),
    ("Who gets in", identity_lines),
    ("Who answers", support_lines),
    ("Where it runs", delivery_lines),
    ("Roles", role_lines),
)


def read_back(blueprint: Blueprint) -> Reading:
    """The blueprint as numbered sentences, and the questions that they raise."""
    sentences = tuple(_numbered(blueprint))
    questions = tuple(_asked(blueprint, found, sentences) for found in findings(blueprint))
    return Reading(blueprint.app, sentences, questions)


def _sections(blueprint: Blueprint) -> Iterator[tuple[str, Iterable[Line]]]:
    words = Vocabulary(blueprint)
    for title, lines in _SYSTEM:
        yield title, lines(blueprint)
    for record in blueprint.records.values():
        title = words.several(record.name).text
        yield title[:1].upper() + title[1:], record_lines(words, record)
    yield "What is open", open_lines(blueprint)


def _numbered(blueprint: Blueprint) -> Iterator[Sentence]:
    number = 0
    for section, lines in _sections(blueprint):
        for item in lines:
            number += 1
            yield Sentence(number, section, item.text, item.paths[0], item.paths)


def _asked(blueprint: Blueprint, found: Finding, sentences: tuple[Sentence, ...]) -> Question:
    record = blueprint.records.get(found.record)
    answered = {*blueprint.intended, *(record.intended if record else ())}
    return Question(
        code=found.code,
        text=sentence(found.text),
        sentence_number=cause(found.path, sentences),
        path=found.path,
        intended=found.code in answered,
        level=found.level,
    )


def cause(path: str, sentences: tuple[Sentence, ...]) -> int:
    """The number of the first sentence that speaks of `path`, or of the least thing around it."""
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        wanted = ".".join(steps[:length])
        for item in sentences:
            if wanted in item.covers or any(
                place.startswith(f"{wanted}.") for place in item.covers
            ):
                return item.number
    return sentences[0].number
