"""English for names that somebody else chose: articles, plurals, lists, whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import inflection

Count = Literal["one", "many", "mass"]
"""How a noun counts: a site, notes, equipment."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_ACRONYMS = word_set(
    "api bic ceo cfo coo cto dob gps hr iban icd id ip kpi mrn nda npi pdf pin po qa qr sepa "
    "sku sla sms ssn uri url uuid vat vin"
)
_SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")
_SPOKEN_AS_WORDS = frozenset({"SKU", "PIN", "SEPA"})
_SOUNDS_LIKE_A = re.compile(
    r"(?:eu|one\b|once|uni(?:[tqvfcs]|on)|us[aeu]|ut[ei]|ubi|u\b)", re.IGNORECASE
)
_SOUNDS_LIKE_AN = re.compile(r"(?:hour|honest|hono|heir)", re.IGNORECASE)
_MASS = word_set(
    "advice cash content data equipment evidence feedback furniture hardware health information "
    "inventory luggage metadata money news progress research software staff work"
)
_SINGULAR_IN_S = re.compile(r"(?:ss|us|is|ous|series|species|gps|canvas|bias|lens|atlas|sms)$")


_ONLY_QUOTED = re.compile(r'"[^"]*"(?: of |$)')


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun ready to stand in a sentence; `text` has no article."""

    text: str
    count: Count = "one"

    @property
    def a(self) -> str:
        """`a site`, `an hour`, `notes`, `equipment`."""
        return f"{article(self.text)} {self.text}" if self.count == "one" else self.text

    @property
    def the(self) -> str:
        """`the site`, `the notes`."""
        return definite(self.text)

    def verb(self, one: str, many: str) -> str:
        """The form of a verb that agrees: `is` or `are`."""
        return many if self.count == "many" else one


def definite(text: str) -> str:
    """`the site`; a name that stands alone in quotes has no article."""
    return text if _ONLY_QUOTED.match(text) else f"the {text}"


def article(text: str) -> str:
    """`a` or `an`, by how the first word sounds."""
    first = re.split(r"[\s\-]", text.strip("\"'("))[0]
    if first.isupper() and first not in _SPOKEN_AS_WORDS and len(first) < 6:  # noqa: PLR2004
        return "an" if first[0] in _SPELLED_WITH_VOWEL else "a"
    if _SOUNDS_LIKE_AN.match(first):
        return "an"
    if _SOUNDS_LIKE_A.match(first):
        return "a"
    return "an" if first[:1].lower() in set("aeiou8") else "a"


@cache
def spoken(name: str) -> str:
    """A name of the blueprint as words: part_used and PartUsed become `part used`."""
    first, *others = inflection.underscore(name).split("_")
    told = first.upper() if first in _ACRONYMS | {"it"} else first
    return " ".join([told, *(word.upper() if word in _ACRONYMS else word for word in others)])


def count_of(text: str) -> Count:
    """Whether the last word is one thing, several, or a mass."""
    last = text.rsplit(" ", maxsplit=1)[-1].lower()
    if last in _MASS:
        return "mass"
    return "many" if is_plural(last) else "one"


def is_plural(word: str) -> bool:
    """Whether a word in small letters stands for several things."""
    if word in {"people", "men", "women", "children", "criteria", "media"}:
        return True
    return word.endswith("s") and len(word) > 3 and not _SINGULAR_IN_S.search(word)  # noqa: PLR2004


def noun(name: str) -> Noun:
    """The noun of a name."""
    text = spoken(name)
    return Noun(text, count_of(text))


@cache
def plural(text: str) -> str:
    """Several of it; what is plural already, or a mass, stays as it is."""
    *before, last = text.split(" ")
    several = last if count_of(last) != "one" else inflection.pluralize(last)
    several = f"{last}s" if last.isupper() else several
    return " ".join([*before, several])


def listing(items: Iterable[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`. Items that hold commas are kept apart by semicolons."""
    found = list(items)
    if len(found) < 2:  # noqa: PLR2004
        return "".join(found)
    bare = [re.sub(r"\([^()]*\)", "", item) for item in found]
    mark = ";" if any("," in item or ";" in item for item in bare) else ","
    last = f"{mark} {word} " if mark == ";" else f" {word} "
    return f"{mark} ".join(found[:-1]) + last + found[-1]


def sentence(text: str) -> str:
    """A whole sentence: white space runs together, a capital first, a full stop last."""
    flat = " ".join(text.split())
    ended = flat if flat.endswith((".", "!", "?", '."', '?"', '!"')) else f"{flat}."
    first = ended.split(" ", maxsplit=1)[0]
    kept = "@" in first or any(letter.isupper() for letter in first[1:])
    return ended if kept else ended[:1].upper() + ended[1:]


def quoted(text: str) -> str:
    """In double quotes, as somebody wrote it."""
    return f'"{text}"'


def counted(amount: int, text: str) -> str:
    """`1 digit`, `5 digits`."""
    return f"{amount} {text if amount == 1 else plural(text)}"


def joined(*parts: str | None) -> str:
    """The parts that are there, with a blank between."""
    return " ".join(part for part in parts if part)
