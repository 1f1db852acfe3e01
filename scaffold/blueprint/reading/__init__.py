"""Reading a blueprint back: sentences for the founder to sign, and what looks unintended."""

from scaffold.blueprint.reading.page import Question, Reading, Sentence
from scaffold.blueprint.reading.reading import read_back
from scaffold.blueprint.reading.rendering import reading_as_dict, reading_as_text

__all__ = [
    "Question",
    "Reading",
    "Sentence",
    "read_back",
    "reading_as_dict",
    "reading_as_text",
]
