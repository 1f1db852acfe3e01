"""The fifteen questions: their order, their parts, and which of them a blueprint answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scaffold.blueprint.models import Blueprint
from scaffold.interview.words import Words
from scaffold.resolve.facts import ABOUT, KEYS


@dataclass(frozen=True, slots=True)
class Question:
    """One question under its heading; `names` are its parts, each a fact."""

    heading: str
    names: tuple[str, ...]


QUESTIONS = (
    Question("Who and what", ("users",)),
    Question("Who and what", ("people",)),
    Question("Who and what", ("sensitive",)),
    Question("Who and what", ("posture",)),
    Question("Who and what", ("show_contacts",)),
    Question("Who and what", ("separation",)),
    Question("Who and what", ("keep", "keep_then")),
    Question("Getting in", ("staff_sign_in", "first_administrator", "stand_in_administrator")),
    Question("Getting in", ("customer_sign_in", "sign_up")),
    Question("Getting in", ("devices",)),
    Question("Who answers", ("support_who", "support_name", "support_contact", "support_stand_in")),
    Question("Who answers", ("support_until", "support_takes_over")),
    Question("Who answers", ("after_hours",)),
    Question("Who answers", ("may_be_down", "may_lose")),
    Question("Who answers", ("run_on", "budget", "pays")),
)

ASKED = tuple(name for question in QUESTIONS for name in question.names)
FOLLOWING = frozenset((*ASKED, "software_access"))
GROUP_WORDS = ("Company", "Clinic", "Branch", "Organisation", "Organization", "Tenant")


def said_facts(blueprint: Blueprint, facts: Mapping[str, Any]) -> set[str]:
    """The facts that the blueprint says, by a key or by the labels on its fields."""
    said = {name for name, key in KEYS.items() if key in blueprint.said}
    identity = ("identity.staff", "identity.customers", "identity.software")
    if any(key in blueprint.said for key in identity):
        said.add("users")
    else:
        said.discard("users")
    if facts["people"] != ["nobody"]:
        said |= {"people", "show_contacts"}
    if facts["sensitive"]:
        said.add("sensitive")
    if facts["keep"] != "until_removed":
        said |= {"keep", "keep_then"}
    about = {item.about for item in blueprint.open_items}
    return said | {name for name in ASKED if ABOUT[name] in about}


def settled(words: Words, answers: Mapping[str, Any], fixed: set[str]) -> dict[str, Any]:
    """The answers in which everything that is not fixed is what the template would take."""
    found = dict(answers)
    for name in words.wordings:
        if name in FOLLOWING and name not in fixed:
            found[name] = words.default(name, found)
    return found


def settled_by(names: set[str]) -> set[str]:
    """The facts that these answers settle: who uses it also says who does not sign in."""
    ways = {"staff_sign_in", "customer_sign_in", "software_access"}
    return names | ways if "users" in names else set(names)


def open_questions(
    words: Words, answers: Mapping[str, Any], said: Iterable[str]
) -> list[tuple[Question, list[str]]]:
    """The questions that are open, each with its open parts, in order."""
    parts = [(question, open_parts(question, words, answers, said)) for question in QUESTIONS]
    return [(question, names) for question, names in parts if names]


def open_parts(
    question: Question, words: Words, answers: Mapping[str, Any], said: Iterable[str]
) -> list[str]:
    """The parts of a question that nothing answers yet and that have a point."""
    known = set(said)
    return [
        name
        for name in question.names
        if name not in known and words.asked(name, {**answers, "unsure": []})
    ]
