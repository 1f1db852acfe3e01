"""From text to nodes, without recursion and within bounds; one pass over the parser's events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from scaffold.blueprint.faults import BlueprintError, Fault, shown
from scaffold.blueprint.source.nodes import Mapping, Node, Scalar, Sequence, scalar_kind
from scaffold.blueprint.source.text import UNREADABLE_CHARACTER

DEEPEST = 20
MOST_EVENTS = 20_000
_BRACKETS = re.compile(rf"(?:[\[{{]\s*){{{DEEPEST + 1}}}")
_TUPLE = re.compile(r"\('(.*)',\)")
_ADVICE = (
    ("mapping values are not allowed", "put a text that holds ': ' in quotes, or start a new line"),
    ("cannot start any token", "indent with spaces, and put a text with special signs in quotes"),
    ("expected ',' or", "close the bracket, or put a comma between the entries"),
    ("expected <block end>", "bring this line to the column of the lines it belongs with"),
    ("could not find expected ':'", "write `key: value`"),
    ("while scanning a quoted scalar", "close the quotes"),
)


class _Open:
    """A list or a block that is still being read."""

    def __init__(self, event: Any) -> None:
        self.is_mapping = isinstance(event, events.MappingStartEvent)
        self.line = event.start_mark.line + 1
        self.column = event.start_mark.column + 1
        self.items: list[Node] = []
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None

    def close(self) -> Node:
        if self.is_mapping:
            return Mapping(self.entries, self.line, self.column)
        return Sequence(tuple(self.items), self.line, self.column)


class _Composer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.doubles: list[Fault] = []

    def fatal(self, code: str, mark: Any, message: str, hint: str | None) -> BlueprintError:
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        return BlueprintError([Fault(code, "", line, column, message, hint)], self.source)

    def take(self, event: Any) -> None:
        mark = event.start_mark
        if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
            message = "A blueprint has no anchors (&name) and no aliases (*name)."
            hint = "write it out where it is needed; put a text that begins with & or * in quotes"
            raise self.fatal("alias", mark, message, hint)
        if getattr(event, "tag", None):
            self._refuse_tag(event)
        if isinstance(event, events.DocumentStartEvent) and self.root is not None:
            message = "A blueprint is one document; here begins a second one."
            raise self.fatal("documents", mark, message, "delete the line ---")
        if isinstance(event, events.ScalarEvent):
            self._place(self._scalar(event))
        elif isinstance(event, events.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._place(self.open.pop().close())

    def _refuse_tag(self, event: Any) -> None:
        message = f"A blueprint has no tags; this is {shown(str(event.tag))}."
        hint = "delete it; put a text that begins with ! in quotes"
        raise self.fatal("tag", event.start_mark, message, hint)

    def _begin(self, event: Any) -> None:
        if self.open and self.open[-1].is_mapping and self.open[-1].key is None:
            message = "A key is a word; this is a list or a block."
            raise self.fatal("key", event.start_mark, message, "write `key: value`")
        if len(self.open) >= DEEPEST:
            raise self._too_deep(event.start_mark)
        self.open.append(_Open(event))

    def _too_deep(self, mark: Any) -> BlueprintError:
        message = f"A blueprint is nested at most {DEEPEST} levels deep."
        return self.fatal("too-deep", mark, message, "close a bracket, or indent less")

    def _scalar(self, event: Any) -> Scalar:
        plain = event.style is None
        kind = scalar_kind(event.value) if plain else "text"
        mark = event.start_mark
        wrong = UNREADABLE_CHARACTER.search(event.value)
        if wrong:
            message = f"The character U+{ord(wrong[0]):04X} may not stand in a blueprint."
            raise self.fatal("unreadable-character", mark, message, "delete it")
        return Scalar(event.value, kind, plain, mark.line + 1, mark.column + 1)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None and isinstance(node, Scalar):
            parent.key = node
        elif parent.key is not None:
            if isinstance(node, Scalar) and node.plain and not node.text:
                node = replace(node, line=parent.key.line, column=parent.key.column)
            self._enter(parent, parent.key, node)
            parent.key = None

    def _enter(self, parent: _Open, key: Scalar, node: Node) -> None:
        if key.text not in parent.entries:
            parent.entries[key.text] = (key, node)
            return
        message = f"The key {shown(key.text)} stands here twice."
        first = parent.entries[key.text][0].line
        path = ".".join([item.key.text for item in self.open if item.key is not None])
        hint = f"delete one of them; the first is in line {first}"
        self.doubles.append(Fault("duplicate-key", path, key.line, key.column, message, hint))


def compose(text: str, source: str) -> tuple[Node, list[Fault]]:
    """The document's root and its duplicate keys. Raises BlueprintError if it is not readable."""
    composer = _Composer(source)
    deep = _BRACKETS.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        message = f"A blueprint is nested at most {DEEPEST} levels deep."
        fault = Fault("too-deep", "", line, 1, message, "close a bracket, or indent less")
        raise BlueprintError([fault], source)
    try:
        for event in _events(text, composer):
            composer.take(event)
    except YAMLError as error:
        raise _unreadable(error, composer) from None
    if composer.root is None:
        message = "This blueprint is empty."
        raise composer.fatal("empty", None, message, "begin with `blueprint: 1` and `app: <name>`")
    return composer.root, composer.doubles


def _events(text: str, composer: _Composer) -> Iterator[Any]:
    for count, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
        if count > MOST_EVENTS:
            message = f"A blueprint has at most {MOST_EVENTS} keys, values and brackets."
            hint = "describe a smaller system, or several"
            raise composer.fatal("too-large", event.start_mark, message, hint)
        yield event


def _unreadable(error: YAMLError, composer: _Composer) -> BlueprintError:
    mark, problem = None, "it cannot be read"
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem or error.context or problem)
        problem = " ".join(_TUPLE.sub(r"\1", problem).split())
    whole = f"{getattr(error, 'context', '') or ''} {problem}"
    hint = next((advice for sign, advice in _ADVICE if sign in whole), None)
    return composer.fatal("yaml", mark, f"This is not YAML: {problem}.", hint)
