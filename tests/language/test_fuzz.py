"""Whatever is written, the answer is a blueprint or a list of faults."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.blueprint import BlueprintError, load
from tests.language.small_blueprint import SMALL

ROUNDS = int(os.environ.get("SOLIDGROUND_FUZZ", "500"))
EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = [SMALL, *(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yml")))]
WORDS = """
null ~ true 1 -1 1.5 .inf 1e9 [] {} [[]] {a: b} '' "" * & ! ? - : , # | > % @ ` is many yes no
optional User stage number not unless sum of my today 2027-02-30 0x10 0o7 <<: [a,a] text money
99999999999999999999 data restricted card health x.y.z {is: text} {is: [a]} {is: } *a &a !!str x
(((( )))) ]] }} 'open "open --- ... 🙂
"""
PIECES = (*WORDS.split(), "\u2028", "\u0085", "\t", "\n", "\r", " ", "")
SLOWEST = settings(
    max_examples=ROUNDS,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def survives(text: str | bytes) -> bool:
    """Whether it is a blueprint; anything but faults in words is raised."""
    try:
        load(text, "fuzz.yml")
    except BlueprintError as error:
        for fault in error.faults:
            assert fault.line >= 1
            assert fault.column >= 1
            assert fault.message
        return False
    return True


def _swap_lines(dice: random.Random, text: str) -> str:
    lines = text.splitlines()
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _drop_line(dice: random.Random, text: str) -> str:
    lines = text.splitlines()
    del lines[dice.randrange(len(lines))]
    return "\n".join(lines)


def _indent(dice: random.Random, text: str) -> str:
    lines = text.splitlines()
    place = dice.randrange(len(lines))
    lines[place] = " " * dice.randrange(8) + lines[place].lstrip()
    return "\n".join(lines)


def _replace_word(dice: random.Random, text: str) -> str:
    words = text.split(" ")
    words[dice.randrange(len(words))] = dice.choice(PIECES)
    return " ".join(words)


def _exchange_words(dice: random.Random, text: str) -> str:
    words = text.split(" ")
    words[dice.randrange(len(words))] = dice.choice(words).strip("\n")
    return " ".join(words)


def _insert(dice: random.Random, text: str) -> str:
    place = dice.randrange(len(text))
    return text[:place] + dice.choice(PIECES) + text[place:]


def _cut(dice: random.Random, text: str) -> str:
    place = dice.randrange(len(text))
    return text[:place] + text[place + dice.randrange(40) :]


MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (
    _swap_lines,
    _drop_line,
    _indent,
    _replace_word,
    _exchange_words,
    _insert,
    _cut,
)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_mutated_blueprint_is_read_or_refused(number: int) -> None:
    dice = random.Random(number)  # noqa: S311  (a test that can be repeated)
    outcomes: set[bool] = set()
    for _ in range(max(1, ROUNDS // len(TEXTS))):
        text = TEXTS[number]
        for _ in range(dice.randint(1, 3)):
            text = dice.choice(MUTATIONS)(dice, text)
        outcomes.add(survives(text))
    assert False in outcomes, "not one mutation did any harm: they prove nothing"


@SLOWEST
@given(st.data())
def test_mutated_bytes_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(SMALL.encode())
    places = st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255))
    for place, byte in data.draw(st.lists(places, min_size=1, max_size=6)):
        content[place] = byte
    survives(bytes(content))


@SLOWEST
@given(st.text(max_size=400) | st.binary(max_size=400))
def test_any_text_is_refused(content: str | bytes) -> None:
    assert not survives(content)


@SLOWEST
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_expression_is_read_or_refused(expression: str) -> None:
    quoted = expression.replace("'", "''").replace("\n", " ")
    survives(SMALL.replace("due_on is not blank unless size is small", f"'{quoted}'"))
