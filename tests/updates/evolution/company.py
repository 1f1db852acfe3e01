"""One project through its versions: people write, rows come in, it is updated, and looked at."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from scaffold.commands import update
from scaffold.errors import ConflictError
from tests.commands.world import commit
from tests.generated.making import gate
from tests.updates.edits import Edit
from tests.updates.evolution.people import OVER
from tests.updates.evolution.versions import NEW_WORDS, Rows, blueprint_after
from tests.updates.working import in_development, make

LIVING = Path(__file__).with_name("living.py")
EVERY_LINE = range(1, 1000)


@dataclass(slots=True)
class Company:
    """A project, and everything that its people wrote, as it has to stand there today."""

    project: Path
    written: list[Edit] = field(default_factory=list)

    def write(self, *edits: Edit) -> None:
        """Write code, and remember it."""
        for edit in edits:
            edit.make(self.project)
        self.written += edits
        commit(self.project, "ours")

    def work(self, seed: int) -> None:
        """Let people add, change and move rows."""
        in_development(self.project, sys.executable, str(LIVING), "work", str(seed))

    def rows(self) -> Rows:
        """Every row of every table."""
        told = in_development(self.project, sys.executable, str(LIVING), "rows")
        return dict(json.loads(told))

    def want(self, version: int) -> None:
        """Write the blueprint of a version."""
        path = self.project / "blueprint.yml"
        text = blueprint_after(path.read_text(encoding="utf-8"), version)
        path.write_text(text, encoding="utf-8")
        commit(self.project, f"what version {version} is to be")

    def update(self) -> str:
        """Bring it in; give what has to be typed after people have looked, if they have to."""
        try:
            assert update.run(self.project) == 0
        except ConflictError as left:
            sys.stderr.write(f"{left.message}\n")  # as the command does
            return str(left.hint)
        return ""

    def lost(self) -> list[str]:
        """What people wrote and what is not there any more."""
        return [f"{one.path}: {one.text}" for one in self.written if not one.survives(self.project)]

    def mend(self, version: int, told: str) -> None:
        """Do what an update leaves to people: names of today, and code that has had its time."""
        self.reword(told, NEW_WORDS[version])
        for edit in OVER.get(version, ()):
            file = self.project / edit.path
            text = file.read_text(encoding="utf-8")
            assert edit.text in text
            file.write_text(text.replace(edit.text, "", 1), encoding="utf-8")
            if text == edit.text:
                file.unlink()
            self.written.remove(edit)

    def reword(self, told: str, words: dict[str, str]) -> None:
        """Write new names instead of old ones in the lines that an update told of."""
        named: dict[str, set[int]] = defaultdict(set)
        for path, line in re.findall(r"^  (?:- )?(\S+\.\w+)(?::(\d+):.*)?$", told, re.MULTILINE):
            named[path] |= {int(line)} if line else set(EVERY_LINE)
        for path, numbers in named.items():
            file = self.project / path
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            for number in sorted(numbers & set(range(1, len(lines) + 1))):
                self._reworded(path, lines[number - 1], words)
                lines[number - 1] = reworded(lines[number - 1], words)
            file.write_text("".join(lines), encoding="utf-8")

    def _reworded(self, path: str, line: str, words: dict[str, str]) -> None:
        """Remember a line as it is from now on."""
        for at, one in enumerate(self.written):
            if one.path == path and line in one.text:
                text = one.text.replace(line, reworded(line, words))
                self.written[at] = replace(one, text=text)

    def tests(self) -> list[str]:
        """The files of tests in which people wrote."""
        return sorted({one.path for one in self.written if one.path.startswith("tests/")})

    def make(self, *words: str) -> str:
        """Run `make`, and give what it says."""
        done = make(self.project, *words)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        return done.stdout

    def check(self, *steps: str, narrowed: str = "") -> None:
        """Run steps of the gate, all without a name."""
        done = gate(self.project, *steps, narrowed=narrowed)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def reworded(text: str, words: dict[str, str]) -> str:
    """A text with other names, also where they begin a longer one as classes do."""
    for old, new in words.items():
        after = "(?![a-z0-9_])" if old[0].isupper() else r"\b"
        text = re.sub(rf"\b{old}{after}", new, text)
    return text
