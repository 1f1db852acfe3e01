"""Asking the open questions, one after another, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scaffold.interview.order import QUESTIONS, Question, open_parts, settled
from scaffold.interview.typed import Answer, Back, Mistyped, read_typed
from scaffold.interview.words import Wording, Words

Ask = Callable[[str], str]
Say = Callable[[str], None]

_HOW = (
    "Type the number of your choice (several with commas), or press Enter for the one in [].\n"
    "? means I don't know: it is set safely and kept as an open item. back goes back."
)


class Conversation:
    """What was answered so far. `known` are all facts, with what the blueprint says in them."""

    def __init__(
        self, words: Words, known: Mapping[str, Any], said: set[str], ask: Ask, say: Say
    ) -> None:
        self.words = words
        self.answers: dict[str, Any] = dict(known)
        self.said = said
        self.ask = ask
        self.say = say
        self.unsure: set[str] = set()
        self.answered: set[str] = set()

    def run(self) -> None:
        """Ask everything that is open; `answers`, `answered` and `unsure` hold the outcome."""
        self.say(_HOW)
        done: list[Question] = []
        while (question := self._next(done)) is not None:
            total = len(done) + sum(1 for q in self._ahead(done) if self._parts(q))
            self.say(f"\n{question.heading} · {len(done) + 1} of {total}")
            try:
                self._put(question)
            except Back:
                if done:
                    self._forget(done.pop())
                continue
            done.append(question)

    def _ahead(self, done: list[Question]) -> list[Question]:
        last = QUESTIONS.index(done[-1]) + 1 if done else 0
        return list(QUESTIONS[last:])

    def _next(self, done: list[Question]) -> Question | None:
        return next((q for q in self._ahead(done) if self._parts(q)), None)

    def _parts(self, question: Question) -> list[str]:
        return open_parts(question, self.words, self.answers, self.said)

    def _forget(self, question: Question) -> None:
        self.answered -= set(question.names)
        self.unsure -= set(question.names)

    def _put(self, question: Question) -> None:
        for name in question.names:
            if name in self._parts(question):
                self._put_part(self.words.wordings[name])
        self._settle()

    def _put_part(self, wording: Wording) -> None:
        default = self.words.default(wording.name, self.answers)
        self.say(wording.help)
        for place, choice in enumerate(wording.choices, start=1):
            self.say(f"  {place}. {choice.label}")
        answer = self._answer(wording, default)
        self.answers[wording.name] = answer.value
        self.answered.add(wording.name)
        (self.unsure.add if answer.unsure else self.unsure.discard)(wording.name)

    def _answer(self, wording: Wording, default: Any) -> Answer:
        """Ask until the line is an answer that the question takes."""
        while True:
            try:
                answer = read_typed(wording, self.ask(f"[{_shown(wording, default)}] > "), default)
            except Mistyped as mistake:
                self.say(str(mistake))
                continue
            fault = self.words.fault(wording.name, answer.value, self.answers)
            if fault is None:
                return answer
            self.say(fault)

    def _settle(self) -> None:
        """Bring what is still open in line with the answers so far."""
        self.answers = settled(self.words, self.answers, self.said | self.answered)


def _shown(wording: Wording, default: Any) -> str:
    if not wording.choices:
        return str(default)
    wanted = default if isinstance(default, list) else [default]
    places = [str(n) for n, c in enumerate(wording.choices, 1) if c.value in wanted]
    return ",".join(places if wording.several else places[:1]) or "none"
