"""Collects faults, knows where things stand, and keeps one fault from making twenty."""

from __future__ import annotations

from scaffold.blueprint.faults import MOST_FAULTS, BlueprintError, Fault, Path, dotted
from scaffold.blueprint.source.nodes import Mapping, Node, Scalar, Sequence, locate


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

    def add(
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

    def _node(self, path: Path) -> Node | None:
        node: Node | None = self.root
        for step in path:
            if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            elif isinstance(node, Mapping) and step in node.entries:
                node = node.entries[str(step)][1]
            else:
                return None
        return node

    def item(self, path: Path, text: str) -> Path:
        """The path of the item with this text in the list at `path`, else `path`."""
        node = self._node(path)
        items = node.items if isinstance(node, Sequence) else ()
        texts = [item.text if isinstance(item, Scalar) else None for item in items]
        return (*path, texts.index(text)) if text in texts else path

    def keys(self, path: Path) -> list[str]:
        """The keys of the block at `path`, readable or not."""
        node = self._node(path)
        return list(node.entries) if isinstance(node, Mapping) else []

    def names(self, section: str) -> list[str]:
        """The keys of a section, readable or not."""
        return self.keys((section,))

    def said(self, path: Path) -> bool:
        """Whether something stands at `path`."""
        return self._node(path) is not None

    def blamed(self, *path: str | int) -> bool:
        """Whether something at or under `path` already has a fault."""
        return path in self._blamed

    def finish(self) -> None:
        """Raise BlueprintError with everything found, in the order of the text."""
        if not self.faults:
            return
        unique = dict.fromkeys(self.faults)
        raise BlueprintError(sorted(unique, key=lambda f: (f.line, f.column)), self.source)
