"""Lines of the files that name every record and role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scaffold.blueprint.models import Blueprint
from scaffold.resolve.layout import call, imports, items, mapping, quoted


def registry_imports(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The imports of `registry.py`: the router of each record, and the class of users."""
    wanted = {f"app.domains.{item['id']}": ["router"] for item in records}
    users = next(item["id"] for item in records if item["is_user"])
    wanted[f"app.domains.{users}.models"] = ["User"]
    wanted[f"app.domains.{users}.schemas"] = ["UserCreate"]
    routers = {f"app.domains.{item['id']}": [f"router as {item['id']}"] for item in records}
    return imports({**wanted, **routers})


def role_lines(blueprint: Blueprint) -> str:
    """What each role is for."""
    entries = {name: quoted(about) for name, about in blueprint.roles.items()}
    return mapping(entries, indent=0, head="ROLES: dict[str, str] = {")


def word_lines(records: Sequence[Mapping[str, Any]]) -> str:
    """What people read of each record: its names, what it is about, and what its fields hold."""
    lines = "".join(f"    {_words(record)},\n" for record in records)
    return f"WORDS: dict[str, Words] = {{\n{lines}}}"


def _words(record: Mapping[str, Any]) -> str:
    said = {field["name"]: quoted(field["about"]) for field in record["fields"] if field["about"]}
    words = [quoted(record[name]) for name in ("label", "labels", "about")]
    words += [mapping(said, indent=2)] if said else []
    return call(f"{quoted(record['id'])}: Words(", words, indent=1, after=",")


def retired_lines(retired: Mapping[str, str]) -> str:
    """The tables of the records that are no more, which migrations may drop."""
    return items("RETIRED: tuple[str, ...] = ", [quoted(name) for name in retired.values()])
