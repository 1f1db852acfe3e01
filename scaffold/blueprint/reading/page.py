"""What a reading is made of: sentences and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scaffold.blueprint.reading.english import sentence

Urgency = Literal["broken", "risk"]
"""`broken`: it cannot work as written. `risk`: it works, but perhaps not as meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence before it has a number. `paths` are the dotted keys that it comes from."""

    text: str
    paths: tuple[str, ...]


def line(text: str, *paths: str) -> Line:
    """A whole sentence, with its capital and its full stop, from these places."""
    return Line(sentence(text), paths)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence. `path` is where it comes from, `covers` everything it speaks of."""

    number: int
    section: str
    text: str
    path: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something that looks unintended. `sentence_number` is the sentence that causes it.

    `code` is one of `words.FINDINGS`; `intended` says that the blueprint answers it.
    """

    code: str
    text: str
    sentence_number: int
    path: str
    intended: bool
    level: Urgency


@dataclass(frozen=True, slots=True)
class Reading:
    """A blueprint in sentences, and what it leaves to ask."""

    app: str
    sentences: tuple[Sentence, ...]
    questions: tuple[Question, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that the blueprint does not answer."""
        return tuple(question for question in self.questions if not question.intended)

    @property
    def answered(self) -> tuple[Question, ...]:
        """The questions that the blueprint answers with `intended`."""
        return tuple(question for question in self.questions if question.intended)

    def sections(self) -> dict[str, list[Sentence]]:
        """The sentences by the title of their section, in order."""
        found: dict[str, list[Sentence]] = {}
        for item in self.sentences:
            found.setdefault(item.section, []).append(item)
        return found
