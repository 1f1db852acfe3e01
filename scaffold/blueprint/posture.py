"""Levels and kinds: what a label on data is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """How sensitive; ordered: public < internal < confidential < restricted."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"

    @property
    def rank(self) -> int:
        """0 for public to 3 for restricted."""
        return tuple(Level).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Level(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Level(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Level(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Level(other).rank


class Kind(StrEnum):
    """What sort of data it is, besides how sensitive."""

    PERSONAL = "personal"
    HEALTH = "health"
    SECRET = "secret"  # noqa: S105  (a word of the language)
    CARD = "card"

    @property
    def least(self) -> Level:
        """The lowest level that data of this kind may have."""
        return _LEAST[self]


_LEAST = {
    Kind.PERSONAL: Level.INTERNAL,
    Kind.HEALTH: Level.RESTRICTED,
    Kind.SECRET: Level.RESTRICTED,
    Kind.CARD: Level.INTERNAL,
}


def raised(level: Level, kinds: Iterable[Kind]) -> Level:
    """The level, or the higher one that the kinds ask for."""
    return max([level, *(kind.least for kind in kinds)], key=lambda item: item.rank)
