"""What a blueprint says that generated projects do not do yet, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scaffold.blueprint.models import Blueprint, Record


def not_built(blueprint: Blueprint) -> list[str]:
    """One sentence for each thing that is recorded but not built, in the order of the text."""
    found = [*_whole(blueprint)]
    for record in blueprint.records.values():
        found.extend(_record(record))
    return found


def _whole(blueprint: Blueprint) -> Iterator[str]:
    identity = blueprint.identity
    if identity.staff not in ("password", "none"):
        yield (
            f"identity.staff: sign-in by {identity.staff} is not built yet; "
            "staff sign in with passwords until it is."
        )
    if identity.customers != "none":
        yield f"identity.customers: sign-in of customers by {identity.customers} is not built yet."
    if identity.software != "none":
        yield f"identity.software: access of software by {identity.software} is not built yet."
    if blueprint.separate_by:
        yield (
            f"separate_by: records are not separated by {blueprint.separate_by} yet; "
            "do not let two of its customers in."
        )
    if blueprint.audit == "reads":
        yield "audit: readings are not recorded yet."
    if blueprint.delivery.ci != "github":
        yield f"delivery.ci: there is no pipeline for {blueprint.delivery.ci} yet."
    yield f"delivery.run_on: nothing is deployed to {blueprint.delivery.run_on} yet."


def _record(record: Record) -> Iterator[str]:
    name = record.name
    if record.workflow and record.workflow.moves:
        yield f"{name}: its moves ({_words(record.workflow.moves)}) are not built yet."
    if record.checks:
        messages = _words(f"“{check.message}”" for check in record.checks)
        yield f"{name}: its checks ({messages}) are not built yet."
    yield from _fields(record)
    if record.link:
        yield f"{name}: opening one by a link is not built yet."
    if record.keep:
        yield f"{name}: nothing is erased by its keep rule yet."
    if record.audit == "reads":
        yield f"{name}: its readings are not recorded yet."
    if record.delete == "erase":
        yield f"{name}: erasing is not built yet."
    granted = {grant.verb for grant in record.grants}
    if "export" in granted:
        yield f"{name}: export is not built yet."


def _fields(record: Record) -> Iterator[str]:
    computed = [f.name for f in record.fields.values() if f.calculated]
    if computed:
        yield f"{record.name}: calculating {_words(computed)} is not built yet."
    files = [f.name for f in record.fields.values() if f.type == "file"]
    if files:
        yield f"{record.name}: storing files ({_words(files)}) is not built yet."


def _words(names: Iterable[str]) -> str:
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
