"""Lines that people added beside lines that a new version changed: both stay as they are.

Git takes changes of neighbouring lines for a conflict. Where people took nothing away, nothing of
theirs can contradict what the new version says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from scaffold.git import git, works

_MARK = 64
"""So long are the marks of a merge that is read again here: no line of a file is one of them."""
_NONE = "."
"""What git says instead of a version that is not there."""

Lines = list[bytes]


class Hunk(NamedTuple):
    """A place that changed on both sides: as people have it, as it was generated, as it is new."""

    ours: Lines
    base: Lines
    theirs: Lines


def settle(root: Path, paths: Iterable[str]) -> None:
    """Write each unmerged file with the changes of both sides, where that is all that they need.

    A file in which more has to be settled stays as git left it.
    """
    for path in paths:
        merged = _merged(root, path)
        if merged is not None:
            (root / path).write_bytes(merged)
            git("reset", "--quiet", "--", path, at=root)


def _merged(root: Path, path: str) -> bytes | None:
    """What the file is with both sides; None where a person has to look."""
    top = Path(git("rev-parse", "--show-toplevel", at=root))
    said = git("checkout-index", "--stage=all", "--temp", "--", path, at=root)
    names = said.partition("\t")[0].split(" ")
    stages = [top / name for name in names if name != _NONE]
    try:
        if len(stages) < len(names):
            return None
        base, ours, theirs = stages
        words = ("merge-file", "--diff3", f"--marker-size={_MARK}")
        works(*words, *(one.name for one in (ours, base, theirs)), at=top)
        parts = [_both(part) for part in read(ours.read_bytes())]
    finally:
        for stage in stages:
            stage.unlink(missing_ok=True)
    settled = [part for part in parts if part is not None]
    return b"".join(b"".join(part) for part in settled) if len(settled) == len(parts) else None


def read(text: bytes) -> Iterator[Lines | Hunk]:
    """Give what is merged, and between it each place that is not."""
    part: Lines = []
    hunk = [part]
    for line in text.splitlines(keepends=True):
        sign = line[:1] if line[:_MARK] == line[:1] * _MARK else b""
        if sign == b"<":
            yield hunk[0]
            hunk = [[]]
        elif sign in (b"|", b"="):
            hunk.append([])
        elif sign == b">":
            yield Hunk(*hunk)
            hunk = [[]]
        else:
            hunk[-1].append(line)
    yield hunk[0]


def _both(part: Lines | Hunk) -> Lines | None:
    return both(part) if isinstance(part, Hunk) else part


def both(hunk: Hunk) -> Lines | None:
    """The lines of the new version with those that people added.

    None where people changed or took away a line, and where it is not certain what of the new
    version theirs stood beside.
    """
    added, last = _added(hunk.base, hunk.ours), len(hunk.base)
    if added is None or _share(hunk):
        return None
    if not hunk.theirs:
        return _apart(hunk.base, added)
    if any(0 < at < last for at in added) and len(hunk.theirs) != last:
        return None
    lines = list(added.pop(0, [])) if last else []
    after = {len(hunk.theirs) if at == last else at: text for at, text in added.items()}
    for number, line in enumerate(hunk.theirs, 1):
        lines += [_ended(line), *after.get(number, [])]
    return lines


def _apart(base: Lines, added: dict[int, Lines]) -> Lines | None:
    """What people added behind lines that are gone, if a blank line tells it apart from them.

    And if it is no deeper: otherwise it may be the rest of a function that is gone.
    """
    lines = added.get(len(base), [])
    said = [line for line in lines if line.strip()]
    apart = len(added) == 1 and said and not lines[0].strip()
    return lines if apart and _depth(said[0]) <= min(map(_depth, base)) else None


def _depth(line: bytes) -> int:
    return len(line) - len(line.lstrip())


def _added(base: Sequence[bytes], ours: Sequence[bytes]) -> dict[int, Lines] | None:
    """What people added, each with the number of lines before it; None if that was not all."""
    if list(ours[: len(base)]) == list(base):
        return {len(base): list(ours[len(base) :])}
    if list(ours[-len(base) :]) == list(base):
        return {0: list(ours[: -len(base)])}
    found: dict[int, Lines] = {}
    for tag, at, _, begin, end in SequenceMatcher(None, base, ours, autojunk=False).get_opcodes():
        if tag == "insert":
            found[at] = list(ours[begin:end])
        elif tag != "equal":
            return None
    return found


def _share(hunk: Hunk) -> bool:
    """Whether both sides added the same line: then it may be the same change twice."""
    ours, base, theirs = ({line.strip() for line in lines} - {b""} for lines in hunk)
    return bool((ours - base) & (theirs - base))


def _ended(line: bytes) -> bytes:
    """A line that something can follow."""
    return line if line.endswith(b"\n") else line + b"\n"
