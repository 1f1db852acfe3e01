"""Lines of `router.py`."""

from __future__ import annotations

from scaffold.resolve.exchanged import exported, imported
from scaffold.resolve.layout import call, quoted
from scaffold.resolve.resolved import Resolved


def routes(item: Resolved) -> dict[str, str]:
    """Decorator and signature of each route, and under `<route>_reply` what it answers."""
    row = f"s.{item.names.class_name}"
    out, page = f"response_model={row}Out", f"response_model=Page[{row}Item]"
    new = ["status_code=201", f"response_model={row}Out | Added"]
    listed = ["page", f"{row}Item"]
    tags = f"tags=[{quoted(item.names.plural_label.lower())}]"
    return {
        "router": call("router = APIRouter(", [f"prefix={quoted(item.prefix)}", tags]),
        "browse": _route(item, "get", "", "see", [page])
        + _def(item, "browse", [f"query: Annotated[{row}Query, Query()]"]),
        "browse_reply": _reply(item, *listed, "browse", "query"),
        "add": _route(item, "post", "", "add", new)
        + _def(item, "add", [f"body: {row}Create", "key: IdempotencyKey = None"]),
        "add_reply": _once(item),
        "see": _route(item, "get", "/{id:uuid}", "see", [out]) + _def(item, "see", ["id: UUID"]),
        "see_reply": _reply(item, "one", f"{row}Out", "see", "id"),
        "change": _route(item, "patch", "/{id:uuid}", "change", [out])
        + _def(item, "change", ["id: UUID", f"body: {row}Change", "match: IfMatch = None"]),
        "change_reply": _reply(item, "one", f"{row}Out", "change", "id", "body"),
        "archive": _route(item, "delete", "/{id:uuid}", "archive", ["status_code=204"])
        + _def(item, "archive", ["id: UUID", "match: IfMatch = None"]),
        "archive_call": _service(item, "archive", "id"),
        "special": _special(item),
    }


def _special(item: Resolved) -> str:
    """The routes that only some records have: for hidden fields, for tables and for moves."""
    row = f"s.{item.names.class_name}"
    added = []
    if item.searched:
        added.append(("search", [f"{row}Query", f"{row}Item", "service.browse"]))
    if item.findable:
        added.append(("find", [f"{row}Find", f"{row}Item", "service.find"]))
    if item.masked:
        added.append(("unmask", [f"{row}Unmask", f"{row}Unmasked", "service.unmask"]))
    if exported(item):
        added.append(("export", [f"{row}Query", f"{row}Out"]))
    if imported(item):
        added.append(("import", [f"{row}Create", f"{row}Change", "service"]))
    if item.offered:
        brings = [f"{row}Change"] * any(move.needs for move in item.offered if move.by)
        added.append(("moves", [f"{row}Out", "service.move", "service.history", *brings]))
    calls = [call(f"add_{name}(", ["router", "POLICY", *words]) for name, words in added]
    return f"\n\n\n{chr(10).join(calls)}" if calls else ""


def _route(item: Resolved, method: str, path: str, verb: str, more: list[str]) -> str:
    access = f'dependencies=may("{item.names.id}:{verb}")'
    return call(f"@router.{method}(", [quoted(path), *more, access]) + "\n"


def _def(item: Resolved, name: str, parameters: list[str]) -> str:
    within = [f"{name}: UUID" for name in item.within]
    return call(f"def {name}(", ["request: Request", *within, *parameters], ") -> Response:")


def _service(item: Resolved, function: str, *arguments: str) -> str:
    return f"service.{function}({', '.join(['work', *item.within, *arguments])})"


def _reply(item: Resolved, answer: str, *rest: str) -> str:
    """`return page(work, s.JobItem, service.browse(work, query))`."""
    schemas = [word for word in rest if word.startswith("s.")]
    function, *arguments = rest[len(schemas) :]
    asked = _service(item, function, *arguments)
    return call(f"return {answer}(", ["work", *schemas, asked], indent=2)


def _once(item: Resolved) -> str:
    added = f"lambda: {_service(item, 'add', 'body')}"
    made = call("row = once(", ["work", "body", added], indent=2)
    return f"{made}\n        return created(work, s.{item.names.class_name}Out, row)"
