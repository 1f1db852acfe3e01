"""Records on their way: what each has so far, and what others may say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from scaffold.names import RecordNames, fits_sql
from tests.properties.fields import Known
from tests.properties.values import Block
from tests.properties.words import field_name


@dataclass(eq=False)
class Sketch:
    """A record: its names, what it says, what it needs first, and which names are gone."""

    name: str
    names: RecordNames
    fields: dict[str, Known] = field(default_factory=dict)
    said: Block = field(default_factory=dict)
    parent: Sketch | None = None
    needs: list[Sketch] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    level: int = 1

    def takes(self, name: str) -> bool:
        """Whether one more field, part or move could have this name."""
        known = set(self.fields) | self.gone
        columns = known | {f"{word}_id" for word in known} | {f"{word}_digest" for word in known}
        ours = {name, f"{name}_id", f"{name}_digest"}
        return not ours & columns and fits_sql(self.names.id, name)

    def new_name(self, r: Random) -> str:
        """A name for one more field."""
        longest = 54 - len(self.names.id)
        while True:
            name = field_name(r, min(40, longest))
            if self.takes(name):
                return name

    def reach(self) -> list[Sketch]:
        """The record and everything that must be there before it."""
        found = [self]
        for one in found:
            more = [*one.needs, *([one.parent] if one.parent else [])]
            found += [other for other in more if other not in found]
        return found

    def tops(self, whole: Sketch) -> bool:
        """Whether it is a part of this one, over any number of others, or is it."""
        return self is whole or (self.parent is not None and self.parent.tops(whole))

    def of_type(self, *types: str) -> list[str]:
        """The stored fields of these types that the database can read."""
        return [
            known.name
            for known in self.fields.values()
            if known.type in types and not (known.sealed or known.calculated or known.many)
        ]
