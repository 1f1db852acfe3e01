"""A reading as text to print and sign, and as data for programs."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

from scaffold.blueprint.reading.page import Question, Reading

WIDTH = 88
_URGENCY = {"broken": "cannot work as written", "risk": "perhaps not meant"}


def reading_as_text(reading: Reading) -> str:
    """Sections of numbered sentences, then the questions, ready to print."""
    blocks = [_heading(f"{reading.app}, read back", "=")]
    wide = len(str(len(reading.sentences)))
    for section, sentences in reading.sections().items():
        found = [_hanging(f"{item.number:>{wide}}. ", item.text) for item in sentences]
        blocks.append("\n".join([_heading(section, "-"), *found]))
    blocks += _questions(reading)
    return "\n\n".join(blocks) + "\n"


def reading_as_dict(reading: Reading) -> dict[str, Any]:
    """The same as JSON types: app, sentences, questions (open and answered)."""
    return {
        "app": reading.app,
        "sentences": [
            {
                "number": item.number,
                "section": item.section,
                "text": item.text,
                "path": item.path,
            }
            for item in reading.sentences
        ],
        "questions": [asdict(question) for question in reading.questions],
    }


def _heading(title: str, sign: str) -> str:
    return f"{title}\n{sign * len(title)}"


def _hanging(mark: str, text: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _questions(reading: Reading) -> list[str]:
    found: list[str] = []
    if reading.open:
        told = (
            "Change the blueprint, or say `intended: [<code>]` in it (for the whole, or in one "
            "record) to answer."
        )
        asked = [_asked(question) for question in reading.open]
        lines = [_heading("Is this what you mean?", "-"), *asked, "", _hanging("", told)]
        found.append("\n".join(lines))
    else:
        found.append(_heading("Is this what you mean?", "-") + "\nNothing looks unintended.")
    if reading.answered:
        answered = [_asked(question) for question in reading.answered]
        found.append("\n".join([_heading("Answered: intended", "-"), *answered]))
    return found


def _asked(question: Question) -> str:
    cause = f"[{question.code}; sentence {question.sentence_number}; {_URGENCY[question.level]}]"
    return _hanging("- ", f"{question.text} {cause}")
