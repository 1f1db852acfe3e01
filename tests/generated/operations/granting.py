"""What a blueprint grants, read from its text alone: nothing here knows the generated code.

Only names come from the answers: the table and the route of each record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from ruamel.yaml import YAML
from sqlalchemy import column, literal_column, select, table, text

Row = Mapping[str, Any]
EVERYTHING = select(literal_column("*"))
ON_THE_PARENT = {"add": "change", "archive": "change"}
"""What somebody needs on the record that a part belongs to."""


def listed(said: Any) -> list[str]:
    """What the blueprint says once or as a list."""
    if said is None:
        return []
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    id: UUID
    roles: frozenset[str]
    token: str
    facts: Row


@dataclass(frozen=True)
class Granting:
    """The records of a blueprint, and the database that rows are looked up in."""

    records: Mapping[str, Any]
    names: Mapping[str, Mapping[str, Any]]
    connection: Any
    roles: Sequence[str] = field(default_factory=list)

    @classmethod
    def of(cls, project: Path, connection: Any) -> Granting:
        """Read the blueprint and the answers of a project."""
        yaml = YAML(typ="safe", pure=True)
        said = yaml.load((project / "blueprint.yml").read_text(encoding="utf-8"))
        answers = yaml.load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
        names = {record["class"]: record for record in answers["model"]["records"]}
        records = {name: said["records"].get(name) or {} for name in names}
        return cls(records, names, connection, sorted(said["roles"]))

    def table(self, record: str) -> str:
        """The table of a record."""
        return str(self.names[record]["id"])

    def row(self, record: str, row_id: Any) -> Row:
        """A row as the database has it."""
        asked = EVERYTHING.select_from(table(self.table(record))).where(column("id") == row_id)
        return dict(self.connection.execute(asked).mappings().one())

    def rows(self, record: str) -> list[Row]:
        """Every row of a record."""
        asked = EVERYTHING.select_from(table(self.table(record)))
        return [dict(row) for row in self.connection.execute(asked).mappings()]

    def parent(self, record: str) -> tuple[str, str] | None:
        """The record that a part belongs to, and the column that points to it."""
        part_of = self.records[record].get("part_of")
        if part_of is None:
            return None
        name = str(part_of).split()[0]
        return name, f"{self.names[record]['part_of']['field']}_id"

    def relations(self, record: str) -> dict[str, str]:
        """Each column that points to a row, and the record that it points to."""
        found = (
            {} if self.parent(record) is None else {self.parent(record)[1]: self.parent(record)[0]}
        )
        for name, said in (self.records[record].get("fields") or {}).items():
            words = str(said["is"] if isinstance(said, Mapping) else said).split()
            if words[-1] in self.records and "many" not in words:
                found[f"{name}_id"] = words[-1]
        return found

    def move(self, record: str, verb: str) -> Mapping[str, Any] | None:
        """A move of a record, if it has one of that name."""
        flow = self.records[record].get("workflow") or {}
        return (flow.get("moves") or {}).get(verb)

    def granted(self, person: Person, record: str, verb: str) -> list[str]:
        """The scopes in which somebody may do this: ``, `own` or `same x`."""
        if (parent := self.parent(record)) is not None:
            return self.granted(person, parent[0], ON_THE_PARENT.get(verb, verb))
        if (move := self.move(record, verb)) is not None:
            mine = person.roles & set(listed(move.get("by")))
            return ["own" if move.get("only_owner") else ""] if mine else []
        may = self.records[record].get("may") or {}
        if record == "User" and not may:
            return [""] if verb == "see" else []
        return [
            words.partition(" ")[2]
            for role in person.roles
            for words in listed(may.get(role))
            if words.split()[0] == verb
        ]

    def holds(self, person: Person, record: str, verb: str, row: Row) -> bool:
        """Whether somebody may do this to this row."""
        if (parent := self.parent(record)) is not None:
            above = self.row(parent[0], row[parent[1]])
            return self.holds(person, parent[0], ON_THE_PARENT.get(verb, verb), above)
        scopes = self.granted(person, record, verb)
        return any(self._within(person, record, scope, row) for scope in scopes)

    def sees(self, person: Person, record: str, row: Row) -> bool:
        """Whether somebody may point to this row: everybody may point to themselves."""
        return self.holds(person, record, "see", row) or row["id"] == person.id

    def _within(self, person: Person, record: str, scope: str, row: Row) -> bool:
        if not scope:
            return True
        if scope == "own":
            path = str(self.records[record].get("owner") or "id")
            return self._end(record, path.split("."), row) == person.id
        name = scope.split()[1]
        place = name if name in row else f"{name}_id"
        return row[place] is not None and row[place] == person.facts[place]

    def _end(self, record: str, path: list[str], row: Row) -> Any:
        if path == ["id"]:
            return row["id"]
        place = f"{path[0]}_id"
        if len(path) == 1 or row.get(place) is None:
            return row.get(place)
        target = self.relations(record)[place]
        return self._end(target, path[1:], self.row(target, row[place]))

    def locked(self, record: str, row: Row) -> bool:
        """Whether a row, or what it is a part of, is in a stage in which nothing is edited."""
        flow = self.records[record].get("workflow") or {}
        if row.get("stage") in listed(flow.get("locked")):
            return True
        parent = self.parent(record)
        return parent is not None and self.locked(parent[0], self.row(parent[0], row[parent[1]]))

    def narrowed(self, person: Person, record: str) -> Iterator[str]:
        """The fields that somebody may not set."""
        for name, said in (self.records[record].get("fields") or {}).items():
            roles = said.get("set_by") if isinstance(said, Mapping) else None
            if roles and not person.roles & set(listed(roles)):
                yield from (name, f"{name}_id")

    def made(self, row_id: Any, move: str, person: Person) -> bool:
        """Whether somebody made a move of a row."""
        asked = text(
            "SELECT count(*) FROM platform_moves WHERE record_id = :id AND move = :move"
            " AND actor_id = :actor"
        )
        values = {"id": row_id, "move": move, "actor": person.id}
        return bool(self.connection.execute(asked, values).scalar_one())
