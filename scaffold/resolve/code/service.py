"""Lines of `service.py` and `rules.py`."""

from __future__ import annotations

from scaffold.resolve.layout import call, quoted
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.values import attribute

DEFAULTS = {"today": "work.today", "now": "work.now", "me": "work.actor.id"}


def service(item: Resolved) -> dict[str, str]:
    """Signatures, and what the service sets by itself when a row is added."""
    row = item.names.class_name
    return {
        "rows": _rows(item),
        "class": call(f"class {row}Rows(", [f"Repository[{row}]"], "):"),
        "add": _def(item, "add", [f"data: {row}Create"], row),
        "see": _def(item, "see", ["id: UUID"], row),
        "browse": _def(item, "browse", [f"query: {row}Query"], f"PageOfRows[{row}]"),
        "change": _def(item, "change", ["id: UUID", f"data: {row}Change"], row),
        "archive": _def(item, "archive", ["id: UUID"], "None"),
        "build": _build(item),
        "finish": _finish(item),
        "archived": _archived(item),
        "special": _special(item),
    }


def _rows(item: Resolved) -> str:
    return f"{item.names.class_name}Rows({', '.join(['work', *item.within])})"


def _special(item: Resolved) -> str:
    """The functions that only some records have."""
    row, found = item.names.class_name, ""
    if item.findable:
        head = _def(item, "find", [f"wanted: {row}Find"], f"PageOfRows[{row}]")
        about = "Give those whose sealed fields hold exactly these values."
        found += f'\n\n\n{head}\n    """{about}"""\n    return {_rows(item)}.find(wanted)'
    if item.masked:
        head = _def(item, "unmask", ["id: UUID"], row)
        about = "Give one whose masked fields the actor may read; the answer records that."
        found += f'\n\n\n{head}\n    """{about}"""\n    return {_rows(item)}.get(id, "unmask")'
    return found + (_moving(item) if item.offered else "")


def _moving(item: Resolved) -> str:
    """The functions of records that have moves."""
    row = item.names.class_name
    asked = ["id: UUID", "name: str", "answers: In | None = None"]
    return f'''


{_def(item, "move", asked, row)}
    """Move one on to the stage that the move leads to."""
    rows = {_rows(item)}
    row = to_move(rows, id, name, answers)
    rules.on_move(work, row, name)
    return moved(rows, row, name, answers)


{_def(item, "history", ["id: UUID", "query: PageQuery"], "Page[HistoryItem]")}
    """Give the moves of one that the actor may see."""
    return moves.history({_rows(item)}, id, query)'''


def _def(item: Resolved, name: str, parameters: list[str], gives: str) -> str:
    within = [f"{name}: UUID" for name in item.within]
    return call(f"def {name}(", ["work: UnitOfWork", *within, *parameters], f") -> {gives}:")


def _build(item: Resolved) -> str:
    preset = {}
    if item.record.workflow:
        preset["stage"] = quoted(item.record.workflow.stages[0])
    for field in item.fields:
        if field.type in ("date", "datetime", "record") and field.default in DEFAULTS:
            preset[attribute(field)] = DEFAULTS[str(field.default)]
    if item.is_user:
        preset["id"] = "principal_for(work.session, data.email).id"
    arguments = ["data", *(f"{name}={value}" for name, value in preset.items())]
    return call("row = rows.build(", arguments, indent=1)


def _finish(item: Resolved) -> str:
    """The last lines of `add`: a number is given last, so that a refusal holds no series up."""
    number = item.record.number
    if number is None:
        return "return rows.add(row)"
    arguments = ["work", quoted(item.names.id), quoted(number.format)]
    arguments += ["gapless=True"] * number.gapless
    return call("row.number = next_number(", arguments, indent=1) + "\n    return rows.add(row)"


def _archived(item: Resolved) -> str:
    """The last lines of `archive`; a user who goes cannot sign in any more."""
    last = "rows.erase(row)" if item.record.delete == "erase" else "rows.archive(row)"
    return f"{last}\n    let_go(work.session, id)" if item.is_user else last
