"""Lines of `schemas.py`."""

from __future__ import annotations

from collections.abc import Iterable

import inflection

from scaffold.blueprint.models import Field
from scaffold.resolve import values
from scaffold.resolve.constraints import fitting
from scaffold.resolve.layout import LINE, call, fits, quoted, stacked
from scaffold.resolve.resolved import Resolved

LONGEST_HINTED = LINE - len("    __lte: Choice99 | None = v.rule(")
"""How long a field and its type are together where both stand in one line."""


def schemas(item: Resolved) -> dict[str, str]:
    """Choices, and the lines of each class."""
    alias = aliases(item)
    built, chosen = item.fields, _all_choices(item, alias)
    late = [f for f in built if f.sealed and values.attribute(f) != item.shown_as]
    changeable = [f for f in built if not (item.is_user and f.name == "email")]
    return {
        "choices": "".join(f"\n{line}" for line in ["", *chosen]) if chosen else "",
        "create": _body([values.taken(f, alias.get(f.name)) for f in built]),
        "change": _body([values.changed(f, alias.get(f.name)) for f in changeable]),
        "item": _body([*_own(item), *_given((f for f in item.shown if f not in late), alias)]),
        "more": _body(_given(late, alias)),
        "query": stacked([_sort(item), *_filters(item, alias)]),
        "special": _special(item, alias),
    }


def _special(item: Resolved, alias: dict[str, str]) -> str:
    """The classes that only some records have."""
    found = ""
    sealed = [f for f in item.fields if f.sealed and f.find_exact]
    if sealed:
        lines = [values.sought(field, alias.get(field.name)) for field in sealed]
        about = "Exact values of sealed fields, to find rows by."
        found += _class(item, "Find", "Find", about, lines)
    masked = [field for field in item.shown if field.masked]
    if masked:
        wanted = _wanted(_in_line(item) or "MaskedField")
        found += _class(item, "Unmask", "In", "Which masked fields to show.", [wanted])
        lines = [values.cleared(field, alias.get(field.name)) for field in masked]
        about = "The values that were asked for, in the clear."
        found += _class(item, "Unmasked", "In", about, lines)
    return found


def _wanted(which: str) -> str:
    return call(f"fields: list[{which}] = v.rule(", ["min_length=1", "max_length=100"], indent=1)


def _in_line(item: Resolved) -> str:
    """The type of the masked fields' names, if it needs no line of its own."""
    words = f"Literal[{', '.join(map(quoted, item.masked))}]"
    return words if len(item.masked) == 1 or fits(_wanted(words), indent=1) else ""


def _class(item: Resolved, name: str, base: str, about: str, lines: list[str]) -> str:
    """A class of its own, below the others."""
    head = f"class {item.names.class_name}{name}({base}):"
    return f'\n\n\n{head}\n    """{about}"""{_body(lines)}'


def aliases(item: Resolved) -> dict[str, str]:
    """The name of the type of each field with choices, no two the same."""
    found: dict[str, str] = {}
    for field in item.fields:
        if field.choices:
            longest = LONGEST_HINTED - len(field.name)
            name = fitting(inflection.camelize(field.name), longest=longest) + "Choice"
            found[field.name] = f"{name}{len(found)}" if name in found.values() else name
    return found


def _choices(name: str, choices: Iterable[str]) -> str:
    return call(f"{name} = Literal[", [quoted(choice) for choice in choices], "]")


def _all_choices(item: Resolved, alias: dict[str, str]) -> list[str]:
    chosen = [_choices(alias[field.name], field.choices) for field in item.fields if field.choices]
    masked = [] if not item.masked or _in_line(item) else [_choices("MaskedField", item.masked)]
    return chosen + _stages(item) + masked


def _stages(item: Resolved) -> list[str]:
    workflow = item.record.workflow
    return [_choices("Stage", workflow.stages)] if workflow else []


def _own(item: Resolved) -> list[str]:
    parent = [f"{item.parent['parameter']}: v.Id"] if item.parent else []
    number = ["number: v.Plain"] if item.record.number else []
    stage = ["stage: Stage"] if item.record.workflow else []
    return parent + number + stage


def _given(fields: Iterable[Field], alias: dict[str, str]) -> list[str]:
    return [values.given(field, alias.get(field.name)) for field in fields]


def _body(lines: list[str]) -> str:
    """The lines that follow the docstring of a class, if there are any."""
    return "".join(["\n", *(f"\n    {line}" for line in lines)]) if lines else ""


def _filters(item: Resolved, alias: dict[str, str]) -> list[str]:
    number = ["number: v.Plain | None = None"] if item.record.number else []
    stage = ["stage: Stage | None = None"] if item.record.workflow else []
    rest = [line for field in item.shown for line in values.filters(field, alias.get(field.name))]
    return number + stage + rest


def _sort(item: Resolved) -> str:
    names = ["created_at"]
    names += ["number"] if item.record.number else []
    names += ["stage"] if item.record.workflow else []
    names += [values.attribute(field) for field in item.shown if values.sortable(field)]
    return call("sort: v.Plain = v.sort(", [quoted(name) for name in names], indent=1)
