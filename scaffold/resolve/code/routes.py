"""Lines of `router.py`."""

from __future__ import annotations

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
        "special": _special(item, listed),
    }


def _special(item: Resolved, listed: list[str]) -> str:
    """The routes that only some records have: for sealed or masked fields, and for moves."""
    row, found = f"s.{item.names.class_name}", ""
    if item.findable:
        page = f"response_model=Page[{row}Item]"
        found += _whole(
            _route(item, "post", "/find", "see", [page]) + _def(item, "find", [f"body: {row}Find"]),
            "Find by the exact values of sealed fields.",
            _reply(item, *listed, "find", "body"),
        )
    if item.masked:
        out = f"response_model={row}Unmasked"
        clear = ["work", f"{row}Unmasked", _service(item, "unmask", "id"), "body.fields"]
        found += _whole(
            _route(item, "post", "/{id:uuid}/unmask", "unmask", [out])
            + _def(item, "unmask", ["id: UUID", f"body: {row}Unmask"]),
            "Show masked fields in the clear; that you looked is recorded.",
            call("return cleared(", clear, indent=2),
        )
    return found + _moving(item)


def _moving(item: Resolved) -> str:
    """The routes of moves and of their history, where there are any."""
    if not item.offered:
        return ""
    added = ["router", "POLICY", f"s.{item.names.class_name}Out", "service.move"]
    parameters = ["id: UUID", "query: Annotated[PageQuery, Query()]"]
    return f"\n\n\n{call('add_moves(', added)}" + _whole(
        _route(item, "get", "/{id:uuid}/history", "see", ["response_model=Page[HistoryItem]"])
        + _def(item, "history", parameters),
        "Show the moves that were made, the latest first.",
        f"return reply({_service(item, 'history', 'id', 'query')})",
    )


def _whole(head: str, about: str, reply: str) -> str:
    return f'''


{head}
    """{about}"""
    with unit_of_work(request) as work:
        {reply}'''


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
