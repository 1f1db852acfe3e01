"""Writing one value into a blueprint's text, leaving every other character as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from ruamel.yaml import YAML

from scaffold.answers import LOADER

Node = Any
"""A node of either library: `id` is mapping, sequence or scalar."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+@-]*( [A-Za-z0-9_./+@-]+)*|\d+ [a-z]+( a [a-z]+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHERWISE_READ = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


def set_key(text: str, key: str, value: Any, short: str | None = None) -> str:
    """The text in which the dotted `key` has this value; sections are made where missing.

    `short` is the key that a word standing in place of a block has there: `is`, for a field.
    """
    root = _root(text)
    steps = key.split(".")
    if not _is(root, "mapping"):
        return f"{text.rstrip()}\n{_entry(steps, value)}\n".lstrip()
    return _set(text, root, steps, value, short)


def append_item(text: str, key: str, item: Any) -> str:
    """The text in which the list at a top-level `key` has one more item."""
    root = _root(text)
    entries = root.value if _is(root, "mapping") else []
    found: Node = next((v for k, v in entries if k.value == key), None)
    if not _is(found, "sequence") or not found.value:
        if found is not None:
            return set_key(text, key, [item])
        return f"{text.rstrip()}\n{key}:\n  - {flow(item)}\n"
    if found.flow_style:
        close = found.end_mark.index - 1
        return f"{text[:close].rstrip(' ,')}, {flow(item)}{text[close:]}"
    return _line_after(text, found, f"- {flow(item)}", found.start_mark.column)


def _root(text: str) -> Node:
    """The whole document, from the quick library; from the thorough one where that stumbles."""
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return YAML(typ="safe", pure=True).compose(text)


def _is(node: Node, kind: str) -> bool:
    return node is not None and node.id == kind


def _set(text: str, block: Node, steps: Sequence[str], value: Any, short: str | None) -> str:
    key, found = next(((k, v) for k, v in block.value if k.value == steps[0]), (None, None))
    if key is None or found is None:
        return _added(text, block, _entry(steps, value))
    if found.start_mark.index == found.end_mark.index:
        colon = text.index(":", key.end_mark.index) + 1
        snippet = flow(value) if len(steps) == 1 else "{" + _entry(steps[1:], value) + "}"
        return f"{text[:colon]} {snippet}{text[colon:]}"
    if len(steps) == 1:
        return _replaced(text, found, flow(value))
    if _is(found, "mapping"):
        return _set(text, found, steps[1:], value, short)
    before = text[found.start_mark.index : _end(found)]
    kept = f"{short}: {before}, " if short and before else ""
    return _replaced(text, found, "{" + kept + _entry(steps[1:], value) + "}")


def _entry(steps: Sequence[str], value: Any) -> str:
    """`key: value`, or `key: {next: value}` for a section that is not there yet."""
    if len(steps) == 1:
        return f"{_scalar(steps[0])}: {flow(value)}"
    return f"{_scalar(steps[0])}: {{{_entry(steps[1:], value)}}}"


def _replaced(text: str, node: Node, snippet: str) -> str:
    start, end = node.start_mark.index, _end(node)
    return text[:start] + snippet + text[end:]


def _added(text: str, block: Node, entry: str) -> str:
    if block.flow_style:
        close = block.end_mark.index - 1
        joint = ", " if block.value else ""
        return text[:close].rstrip(" ,") + joint + entry + text[close:]
    return _line_after(text, block, entry, block.value[0][0].start_mark.column)


def _line_after(text: str, node: Node, line: str, column: int) -> str:
    end = text.find("\n", _end(node))
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{' ' * column}{line}{text[end:] or chr(10)}"


def _end(node: Node) -> int:
    """Where a node's own text ends; a block's mark stands after the blank lines that follow."""
    if _is(node, "scalar") or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def flow(value: Any) -> str:
    """A JSON value on one line, with as few quotes as YAML 1.2 and 1.1 both allow."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _scalar(value) if isinstance(value, str) else json.dumps(value)


def _scalar(text: str) -> str:
    bare = _PLAIN.fullmatch(text) or _DATE.fullmatch(text)
    if bare and text.lower() not in _OTHERWISE_READ:
        return text
    return json.dumps(text, ensure_ascii=False)
