"""Python text as `ruff format` would leave it, so that a formatter never changes a fresh project.

Three shapes are stable: everything on one line if it fits; else, of a call, all arguments on a line
of their own; else one item a line with a trailing comma. Tools differ in how wide letters outside
of ASCII are: with such, the second shape is left out. Texts are written with double quotes.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LINE = 100
INDENT = "    "


def call(
    head: str, items: Sequence[str], tail: str = ")", *, indent: int = 0, after: str = ""
) -> str:
    """`head` + items + `tail`, as it stands on a line that is indented by so many levels.

    `head` ends in the opening bracket, and `after` follows on the same line. The first line comes
    without its indentation.
    """
    line = f"{head}{', '.join(items)}{tail}"
    if fits(line + after, indent=indent) or not items:
        return line
    inner = INDENT * (indent + 1)
    body = "".join(f"{inner}{item},\n" for item in items)
    together = ", ".join(items)
    if head.endswith("(") and line.isascii() and fits(together, indent=indent + 1):
        body = f"{inner}{together}\n"
    return f"{head}\n{body}{INDENT * indent}{tail}"


def quoted(text: str) -> str:
    """A Python literal in the quotes that ruff prefers: double ones, unless that escapes more."""
    body = json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "\\x7f")
    if text.count('"') <= text.count("'"):
        return f'"{body}"'
    return "'" + body.replace('\\"', '"').replace("'", "\\'") + "'"


def width(line: str) -> int:
    """How wide a line is at most: ruff counts some letters double, and which ones changes.

    A line that is taken for too long comes in the long shape, which a formatter leaves alone.
    """
    return sum(1 if sign.isascii() else 2 for sign in line)


def fits(text: str, *, indent: int) -> bool:
    """Whether the text is one line that is short enough, indented by so many levels."""
    return "\n" not in text and width(text) + indent * len(INDENT) <= LINE


def assigned(name: str, value: str, *, indent: int) -> str:
    """`name = value`; a value that fits only on a line of its own stands there, in brackets."""
    line = f"{name} = {value}"
    if fits(line, indent=indent) or not fits(value, indent=indent + 1):
        return line
    return f"{name} = (\n{INDENT * (indent + 1)}{value}\n{INDENT * indent})"


def literal(value: Any, *, indent: int, before: str = "") -> str:
    """JSON as Python writes it, at so many levels, behind `before` and in front of a comma."""
    if not isinstance(value, dict | list) or not value:
        return quoted(value) if isinstance(value, str) else str(value)
    items = (
        [(f"{quoted(k)}: ", v) for k, v in value.items()]
        if isinstance(value, dict)
        else [("", item) for item in value]
    )
    head, tail = ("{", "}") if isinstance(value, dict) else ("[", "]")
    flat = head + ", ".join(f"{key}{literal(v, indent=-LINE)}" for key, v in items) + tail
    if fits(f"{before}{flat},", indent=indent):
        return flat
    inner = INDENT * (indent + 1)
    lines = (f"{inner}{key}{literal(v, indent=indent + 1, before=key)},\n" for key, v in items)
    return f"{head}\n{''.join(lines)}{INDENT * indent}{tail}"


def texts(values: Sequence[str], *, indent: int, head: str = "[") -> str:
    """A list of texts; `head` holds what stands before it on the line, the bracket too.

    A comma follows, as in a list of arguments.
    """
    return call(head, [quoted(value) for value in values], "]", indent=indent, after=",")


def mapping(found: Mapping[str, str], *, indent: int, head: str = "{") -> str:
    """A dict of ready-made values, one entry a line."""
    if not found:
        return f"{head}}}"
    inner = INDENT * (indent + 1)
    body = "".join(f"{inner}{quoted(key)}: {value},\n" for key, value in found.items())
    return f"{head}\n{body}{INDENT * indent}}}"


def entries(found: Mapping[str, str], *, indent: int, head: str) -> str:
    """A dict of ready-made values on one line if it is short enough; a comma follows."""
    listed = [f"{quoted(key)}: {value}" for key, value in found.items()]
    return call(head, listed, "}", indent=indent, after=",")


def stacked(lines: Iterable[str], *, indent: int = 1) -> str:
    """Lines below each other; the first comes without its indentation."""
    return f"\n{INDENT * indent}".join(lines)


def docstring(text: str, *, indent: int = 0) -> str:
    """Text as a docstring: wrapped, escaped, ending in a full stop."""
    words = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    words = f" {words}" if words.startswith('"') else words
    words = words if words.endswith((".", "!", "?", "…")) else f"{words}."
    if fits(f'"""{words}"""', indent=indent):
        return f'"""{words}"""'
    # Never one line with the quotes below it: where that fits, a formatter draws them up.
    longest = min(LINE - indent * len(INDENT) - 3, len(words) * 2 // 3)
    lines = textwrap.wrap(words, longest, break_long_words=True, break_on_hyphens=False)
    return '"""' + f"\n{INDENT * indent}".join(lines) + f'\n{INDENT * indent}"""'


def imports(wanted: Mapping[str, Sequence[str]]) -> list[str]:
    """`from module import names` lines in isort's order (ruff's defaults), names sorted."""
    return [
        _import(module, wanted[module]) for module in sorted(wanted, key=natural) if wanted[module]
    ]


def _import(module: str, names: Sequence[str]) -> str:
    """The statements for one module, in the order of their first names: a new name stands alone."""
    listed = sorted(set(names), key=_import_order)
    alone = [[name] for name in listed if " as " in name]
    rest = [name for name in listed if " as " not in name]
    together = sorted(
        [*alone, *([rest] if rest else [])], key=lambda names: _import_order(names[0])
    )
    return "\n".join(_statement(module, names) for names in together)


def _statement(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if fits(line, indent=0):
        return line
    return "\n".join([f"from {module} import (", *(f"{INDENT}{name}," for name in names), ")"])


def _import_order(name: str) -> tuple[int, list[tuple[int, int, str]]]:
    """Constants, then classes, then the rest, as isort's `order-by-type` has it."""
    if name.isupper() and len(name) > 1:
        return (0, natural(name))
    return (1 if name[:1].isupper() else 2, natural(name))


def natural(name: str) -> list[tuple[int, int, str]]:
    """What sorts `a2` before `a10`, and `a01` before both, as ruff does."""
    pieces = re.findall(r"0[0-9]*|[1-9][0-9]*|[^0-9]", name)
    return [
        (ord("1"), len(piece), piece) if piece[0] in "123456789" else (ord(piece[0]), 0, piece)
        for piece in pieces
    ]


def items(head: str, found: Sequence[str], *, indent: int = 0) -> str:
    """`head` and a tuple: on one line if it fits, else one item a line."""
    line = f"{head}({', '.join(found)}{',' * (len(found) == 1)})"
    if fits(line, indent=indent) or not found:
        return line
    inner = INDENT * (indent + 1)
    return f"{head}(\n" + "".join(f"{inner}{one},\n" for one in found) + f"{INDENT * indent})"
