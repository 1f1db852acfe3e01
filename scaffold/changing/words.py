"""Choices and stages that came, went, or have another name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from scaffold.blueprint.models import Names
from scaffold.changing.change import Change, asks, safe
from scaffold.changing.wording import look_for


class Worded(Protocol):
    """What has words, and says which of them were renamed or retired."""

    @property
    def choices(self) -> tuple[str, ...]: ...

    @property
    def renamed(self) -> Names: ...

    @property
    def retired(self) -> tuple[str, ...]: ...


def compare_words(
    name: str, where: str, before: tuple[str, ...], new: Worded, what: str = "choice"
) -> Iterator[Change]:
    """Every choice or stage of `name` that is not what it was."""
    renamed = dict(new.renamed)
    given = {renamed[word] for word in before if word in renamed}
    for word in new.choices:
        if word not in before and word not in given:
            yield safe(f"{what}-added", where, f"{name} has a new {what}, {word}.")
    for word in before:
        if word not in new.choices:
            yield _gone(name, where, what, word, new)
    kept = [renamed.get(word, word) for word in before]
    if [word for word in new.choices if word in kept] != list(dict.fromkeys(kept)) and set(
        kept
    ) <= set(new.choices):
        yield safe(f"{what}s-reordered", where, f"The {what}s of {name} stand in another order.")


def _gone(name: str, where: str, what: str, word: str, new: Worded) -> Change:
    became = dict(new.renamed).get(word)
    if became is not None:
        words = f"The {what} {word} of {name} is called {became} now, in every row."
        return safe(f"{what}-renamed", where, words)
    if word in new.retired:
        words = f"The {what} {word} of {name} is retired. {look_for('rows that have it')}"
        return safe(f"{what}-removed", where, words)
    words = f"The {what} {word} of {name} is gone, and nothing says what becomes of its rows."
    hint = (
        f"write `renamed: {{{word}: <{what}>}}`, which such rows get, or `retired: [{word}]` "
        "where no row has it"
    )
    return asks(f"{what}-removed", where, words, hint)
