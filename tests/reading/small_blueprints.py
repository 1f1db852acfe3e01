"""Small blueprints for the tests of the reading, each changed in one place at a time."""

from __future__ import annotations

from textwrap import dedent, indent

from scaffold.blueprint import Blueprint, load
from scaffold.blueprint.reading import Question, read_back

HEAD = """\
blueprint: 1
app: Small Shop
currency: EUR
identity: {staff: password}
roles: {clerk: Writes orders, boss: Approves them}
records:
"""


def shop(*records: str, top: str = "") -> Blueprint:
    """A blueprint with these records (YAML, from the left margin) and more at its top."""
    body = "".join(indent(dedent(record), "  ") for record in records)
    return load(f"{dedent(top)}{HEAD}{body}")


def asked(blueprint: Blueprint, code: str) -> list[Question]:
    """The questions of one code."""
    return [question for question in read_back(blueprint).questions if question.code == code]


def sentence_of(blueprint: Blueprint, question: Question) -> str:
    """The sentence that a question comes from."""
    reading = read_back(blueprint)
    return next(item.text for item in reading.sentences if item.number == question.sentence_number)


def texts(blueprint: Blueprint) -> list[str]:
    """The sentences of a blueprint."""
    return [item.text for item in read_back(blueprint).sentences]
