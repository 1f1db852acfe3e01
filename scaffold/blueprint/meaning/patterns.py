"""Regular expressions that mean the same in Python and in PostgreSQL."""

from __future__ import annotations

import re
import warnings
from re import _parser  # the only place that knows how long what fits a pattern is

_SHARED_ESCAPES = frozenset("dwsDWSnrtfv.^$*+?()[]{}|\\/-\"'@#%&,:;<>=!~_ ")
_BOUND = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_MOST_REPEATS = 255
_MOST_NESTED = 1_000


class _Scan:
    """One walk over a pattern; `why` is the first thing that is not shared."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.widest = [1]

    def why(self) -> str | None:
        while self.at < len(self.pattern):
            sign = self.pattern[self.at]
            found = {"\\": self._escape, "[": self._set, "(": self._group}.get(sign, self._other)()
            if found:
                return found
        return None

    def _escape(self) -> str | None:
        following = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if following.isdigit():
            return "a backreference (\\1) is not allowed"
        if following not in _SHARED_ESCAPES:
            return f"\\{following} is not shared"
        return self._repeat(1)

    def _set(self) -> str | None:
        end = self.at + 1
        end += self.pattern[end : end + 1] == "^"
        if self.pattern[end : end + 1] == "]":
            return "write \\] for a bracket in a set"
        while end < len(self.pattern) and self.pattern[end] != "]":
            if self.pattern[end] == "[":
                return "write \\[ for a bracket in a set"
            if self.pattern[end] == "\\":
                if self.pattern[end + 1 : end + 2] in tuple("DWS"):
                    return f"{self.pattern[end : end + 2]} cannot stand in a set"
                if self.pattern[end + 1 : end + 2] not in _SHARED_ESCAPES:
                    return f"{self.pattern[end : end + 2]} is not shared"
                end += 1
            end += 1
        self.at = end + 1
        return self._repeat(1)

    def _group(self) -> str | None:
        self.at += 1
        if self.pattern[self.at : self.at + 1] == "?":
            if self.pattern[self.at : self.at + 2] != "?:":
                return "of the groups that begin with (? only (?: is allowed"
            self.at += 2
        self.widest.append(1)
        return None

    def _other(self) -> str | None:
        sign = self.pattern[self.at]
        self.at += 1
        if sign == ")" and len(self.widest) > 1:
            return self._repeat(self.widest.pop())
        return self._repeat(1) if sign not in "^$|" else None

    def _repeat(self, inner: int) -> str | None:
        """The repeats after one piece, in which `inner` repeats already stand."""
        sign = self.pattern[self.at : self.at + 1]
        bound = _BOUND.match(self.pattern, self.at)
        times = 1
        if bound:
            most = int(bound[3] or bound[1]) if bound[2] != "," else _MOST_NESTED
            if max(int(bound[1]), most if bound[3] else 0) > _MOST_REPEATS:
                return f"a repeat is at most {_MOST_REPEATS}"
            times, self.at = max(most, 1), bound.end()
        elif sign in ("*", "+", "?") and sign:
            times, self.at = (1 if sign == "?" else _MOST_NESTED), self.at + 1
        elif sign == "{":
            return "write \\{ for a brace"
        if self.pattern[self.at : self.at + 1] == "+" and (bound or sign in ("*", "+", "?")):
            return "a possessive repeat (*+) is not allowed"
        if self.pattern[self.at : self.at + 1] == "?" and (bound or sign in ("*", "+", "?")):
            return "a lazy repeat (*?) is not allowed, and the whole text is matched anyway"
        if inner > 1 and times > 1 and inner * times > _MOST_NESTED:
            return "a repeat of a repeat, such as (a+)+, can take for ever"
        self.widest[-1] = max(self.widest[-1], inner * times)
        return None


def why_not_portable(pattern: str) -> str | None:
    """Why the pattern cannot be used, or None if it can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        problem = getattr(error, "msg", None) or str(error)
        return f"this cannot be read: {problem}"
    return _Scan(pattern).why()


def lengths(pattern: str) -> tuple[int, int]:
    """How many characters a text has at least and at most that fits a readable pattern."""
    least, most = _parser.parse(pattern).getwidth()
    return int(least), int(most)
