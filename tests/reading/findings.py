"""For each question, one blueprint that raises it and one that does not."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """Records that raise a question, the same put right, and words of the causing sentence."""

    code: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    cause: str
    top: str = ""
    about: str = field(default="", kw_only=True)
