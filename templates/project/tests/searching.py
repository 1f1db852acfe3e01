"""The tests of records that are found by words in some of their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from dev.samples import schema_of
from tests.calling import Caller, ids
from tests.records import Record

NOBODYS = "Qzxvkjwqpfhgzr"


class SearchTests(Record):
    """Words in some fields find a row."""

    searchable: ClassVar[list[str]]

    def test_words_find_the_row(self, caller: Caller) -> None:
        row = self.row(caller)
        for name, word in self.words(caller, row):
            answer = caller.post(f"{self.home(row)}/search", {"words": word})
            if not self.searched(caller):
                assert answer.status_code == 403
                continue
            assert answer.status_code == self.expected(caller, "see", 200), name
            told = answer.status_code == 200 and name in self.searched(caller)
            assert not told or row.id in ids(answer), name

    def test_its_number_finds_the_row(self, everyone: Caller) -> None:
        row = self.row(everyone)
        number = getattr(row, "number", NOBODYS)
        answer = everyone.post(f"{self.home(row)}/search", {"words": number.lower()})
        found = set() if number == NOBODYS else {row.id}
        assert answer.status_code == 403 or ids(answer) == found

    def test_other_words_find_nothing(self, everyone: Caller) -> None:
        row = self.row(everyone)
        answer = everyone.post(f"{self.home(row)}/search", {"words": NOBODYS})
        assert answer.status_code == 403 or ids(answer) == set()

    def test_every_word_has_to_be_found(self, everyone: Caller) -> None:
        row = self.row(everyone)
        for name, word in self.words(everyone, row):
            sent = {"words": f"{word} {NOBODYS}"}
            answer = everyone.post(f"{self.home(row)}/search", sent)
            assert answer.status_code == 403 or ids(answer) == set(), name

    def searched(self, caller: Caller) -> set[str]:
        """Give the fields in which words are looked for on behalf of the caller."""
        hidden = self.hidden_from(caller)
        if not self.granted(caller, "unmask"):
            hidden |= set(self.masked)
        return set(self.searchable) - hidden

    def words(self, caller: Caller, row: Any) -> Iterator[tuple[str, str]]:
        """Fill every field that is searched; give the beginning of a word of each, in capitals."""
        values = schema_of(self.entity).model_validate(caller.samples.full_body(self.table))
        for name in self.searchable:
            if getattr(row, name) is None:
                setattr(row, name, getattr(values, name))
        caller.samples.session.commit()
        for name in self.searchable:
            for word in re.findall(r"[^\W_]+", getattr(row, name))[:1]:
                yield name, word[:12].upper()
