"""Collects faults, knows where things stand, and keeps one fault from making twenty."""

from __future__ import annotations

from scaffold.blueprint.faults import MOST_FAULTS, BlueprintError, Fault, Path, dotted
from scaffold.blueprint.source.nodes import Node, locate


class Report:
    """The faults of one document, as they are found."""

    def __init__(self, root: Node, text: str, source: str, faults: list[Fault]) -> None:
        self.root = root
        self.lines = text.splitlines()
        self.source = source
        self.faults = faults
        self._blamed: set[Path] = set()

    @property
    def full(self) -> bool:
        """Whether so much is wrong that more faults would not help."""
        return len(self.faults) >= MOST_FAULTS

    def add(  # noqa: PLR0913  (a fault has this many parts)
        self,
        code: str,
        path: Path,
        message: str,
        hint: str | None = None,
        *,
        key: bool = False,
        place: tuple[int, int] | None = None,
    ) -> None:
        """One more fault at `path`, or at `place`; `key` points to the key there."""
        if self.full:
            return
        line, column = place or locate(self.root, path, key=key)
        self.faults.append(Fault(code, dotted(path), line, column, message, hint))
        for length in range(1, len(path) + 1):
            self._blamed.add(path[:length])

    def inside(self, path: Path, offset: int, text: str) -> tuple[int, int]:
        """Where a character of the text at `path` stands, if the text stands on one line."""
        line, column = locate(self.root, path)
        for quote in (0, 1):
            start = column - 1 + quote
            if self.lines[line - 1].startswith(text, start):
                return line, start + 1 + offset
        return line, column

    def names(self, section: str) -> list[str]:
        """The keys of a section, readable or not."""
        entries = getattr(self.root, "entries", {})
        found = getattr(entries[section][1], "entries", {}) if section in entries else {}
        return list(found)

    def blamed(self, *path: str | int) -> bool:
        """Whether something at or under `path` already has a fault."""
        return path in self._blamed

    def finish(self) -> None:
        """Raise BlueprintError with everything found, in the order of the text."""
        if not self.faults:
            return
        unique = dict.fromkeys(self.faults)
        raise BlueprintError(sorted(unique, key=lambda f: (f.line, f.column)), self.source)
