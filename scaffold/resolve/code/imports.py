"""The import blocks of a record's files, in the order and shape that ruff leaves alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scaffold.resolve.code.tests import base_classes, entity_name
from scaffold.resolve.exchanged import exported, imported
from scaffold.resolve.layout import imports
from scaffold.resolve.resolved import Resolved

Wanted = Mapping[str, Sequence[str]]

TESTED_IN = {
    "CalculatingTests": "calculating",
    "CheckedTests": "checked",
    "ClockTests": "clockwork",
    "ConditionalTests": "conditional",
    "ErasingTests": "erasing",
    "FindingTests": "hidden",
    "LimitTests": "hidden",
    "LockedTests": "locking",
    "MaskingTests": "hidden",
    "MovingTests": "moving",
    "NarrowedTests": "hidden",
    "SearchTests": "searching",
    "TellingTests": "telling",
}
"""The module of each set of tests; those that are not named stand in `tests.contract`."""


def import_blocks(item: Resolved) -> dict[str, str]:
    """The imports of each file of a record, by the file's name."""
    row, here = item.names.class_name, f"app.domains.{item.names.id}"
    return {
        "policy": _blocks({f"{here}.models": [row], "app.platform": ["access", *_flow(item)]}),
        "repository": _blocks(
            {
                f"{here}.models": [row],
                f"{here}.policy": ["POLICY"],
                "app.platform.repository": ["Repository"],
            }
        ),
        "rules": _blocks({f"{here}.models": [row], "app.platform.work": ["UnitOfWork"]}),
        "schemas": _schemas(item),
        "service": _blocks({"uuid": ["UUID"]}, _service(item, here)),
        "router": _blocks(
            {"typing": ["Annotated"], "uuid": ["UUID"]},
            {"fastapi": ["APIRouter", "Query", "Request", "Response"]},
            _router(item, here),
        ),
        "test": _blocks(_test(item, here)),
    }


def _flow(item: Resolved) -> list[str]:
    return ["workflow as w"] if item.offered or item.locked else []


def _schemas(item: Resolved) -> str:
    chosen = item.record.workflow or item.masked or any(field.choices for field in item.fields)
    ours = {
        "app.platform": ["values as v"],
        "app.platform.schemas": [*["Find"] * bool(item.findable), "In", "Out", "Query"],
    }
    return _blocks(*([{"typing": ["Literal"]}] if chosen else []), ours)


def _service(item: Resolved, here: str) -> Wanted:
    row = item.names.class_name
    schemas = [f"{row}Change", f"{row}Create", f"{row}Query"]
    return {
        here: ["rules"],
        f"{here}.models": [row],
        f"{here}.repository": [f"{row}Rows"],
        f"{here}.schemas": schemas + [f"{row}Find"] * bool(item.findable),
        "app.platform.identity.accounts": ["principal_for"] if item.is_user else [],
        "app.platform.identity.people": ["let_go"] if item.is_user else [],
        "app.platform.listing": ["PageOfRows"],
        "app.platform": ["moves"] * bool(item.offered),
        "app.platform.moves": ["moved", "to_move"] * bool(item.offered),
        "app.platform.schemas": ["HistoryItem", "PageQuery", "In", "Page"] * bool(item.offered),
        "app.platform.numbers": ["next_number"] if item.record.number else [],
        "app.platform.work": ["UnitOfWork"],
    }


def _router(item: Resolved, here: str) -> Wanted:
    replies = ["IdempotencyKey", "IfMatch", "created", "one", "page"]
    replies += ["gone"] * (item.record.delete != "forbid")
    revealing = ["add_find"] * bool(item.findable) + ["add_unmask"] * bool(item.masked)
    return {
        here: ["schemas as s", "service"],
        f"{here}.policy": ["POLICY"]
        * bool(item.offered or exported(item) or imported(item) or revealing or item.searched),
        "app.platform.http.exporting": ["add_export"] * exported(item),
        "app.platform.http.importing": ["add_import"] * bool(imported(item)),
        "app.platform.http.revealing": revealing,
        "app.platform.http.searching": ["add_search"] * bool(item.searched),
        "app.platform.http.moving": ["add_moves"] * bool(item.offered),
        "app.platform.http.access": ["may"],
        "app.platform.http.replies": replies,
        "app.platform.idempotency": ["once"],
        "app.platform.schemas": ["Added", "Page"],
        "app.platform.work": ["unit_of_work"],
    }


def _test(item: Resolved, here: str) -> Wanted:
    bases, entity, name = base_classes(item), item.names.class_name, entity_name(item)
    found: dict[str, list[str]] = {
        f"{here}.models": [entity if entity == name else f"{entity} as {name}"],
        "app.platform.workflow": ["Move"] * bool(item.offered),
    }
    for base in bases:
        found.setdefault(f"tests.{TESTED_IN.get(base, 'contract')}", []).append(base)
    return found


def _blocks(*blocks: Wanted) -> str:
    return "\n\n".join("\n".join(imports(block)) for block in blocks)
