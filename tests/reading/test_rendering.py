"""A reading as text to sign, and as data."""

from __future__ import annotations

import json

from scaffold.blueprint import load
from scaffold.blueprint.reading import read_back, reading_as_dict, reading_as_text
from scaffold.blueprint.reading.rendering import WIDTH
from tests.reading.orchard import ORCHARD
from tests.reading.record_blocks import thing
from tests.reading.small_blueprints import shop

ODD = "phone: {is: phone, data: personal}"


def test_the_text_has_every_sentence_with_its_number_and_fits_a_page() -> None:
    reading = read_back(load(ORCHARD))
    text = reading_as_text(reading)
    flat = " ".join(text.split())
    for item in reading.sentences:
        assert f"{item.number}. {item.text}" in flat
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_open_questions_name_their_code_and_their_sentence() -> None:
    reading = read_back(shop(thing(ODD)))
    (question,) = reading.open
    flat = " ".join(reading_as_text(reading).split())
    assert f"[personal-without-keep; sentence {question.sentence_number}; " in flat
    assert "`intended: [<code>]`" in flat


def test_answered_questions_are_listed_apart() -> None:
    text = reading_as_text(read_back(shop(thing(ODD, more="  intended: [personal-without-keep]"))))
    assert "Nothing looks unintended." in text
    assert text.index("Answered: intended") < text.index("personal-without-keep")


def test_the_data_is_plain_json_with_the_same_content() -> None:
    reading = read_back(shop(thing(ODD)))
    data = json.loads(json.dumps(reading_as_dict(reading)))
    assert data["app"] == "Small Shop"
    assert len(data["sentences"]) == len(reading.sentences)
    assert data["sentences"][0] == {
        "number": 1,
        "section": "What it is for",
        "text": "The system is called Small Shop.",
        "path": "app",
    }
    assert [question["code"] for question in data["questions"]] == ["personal-without-keep"]
    assert data["questions"][0]["intended"] is False
    assert data["questions"][0]["level"] == "risk"
