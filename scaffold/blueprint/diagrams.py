"""Diagrams of a blueprint in Mermaid: records and how they relate, and the life of each.

Names are written so that no word of a blueprint means anything to Mermaid: every id has a prefix
(a stage may be called `end`), and what people read stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.blueprint.models import Blueprint, Field, Record, Workflow
from scaffold.names import record_names, words

_ONE_TO_ONE = "|o"
_MANY = "}o"


def records_diagram(blueprint: Blueprint) -> str:
    """A Mermaid `erDiagram`: each record with its fields, its parts and its relations."""
    lines = ["erDiagram"]
    for record in blueprint.records.values():
        lines += _entity(record)
    for record in blueprint.records.values():
        lines += _relations(blueprint, record)
    return "\n".join(lines) + "\n"


def workflow_diagram(record: Record) -> str:
    """A Mermaid `stateDiagram-v2` of the record's stages; empty text without a workflow."""
    workflow = record.workflow
    if workflow is None:
        return ""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [
        f'    state "{text_for_mermaid(_label(workflow, stage))}" as {_stage(stage)}'
        for stage in workflow.stages
    ]
    lines.append(f"    [*] --> {_stage(workflow.stages[0])}")
    for move in workflow.moves.values():
        clock = " (by the clock)" if move.once_past else ""
        told = text_for_mermaid(words(move.name) + clock)
        lines += [f"    {_stage(origin)} --> {_stage(move.to)}: {told}" for origin in move.from_]
    leaves = {origin for move in workflow.moves.values() for origin in move.from_}
    lines += [f"    {_stage(stage)} --> [*]" for stage in workflow.stages if stage not in leaves]
    return "\n".join(lines) + "\n"


def diagrams_as_markdown(blueprint: Blueprint) -> str:
    """All diagrams as Markdown: the records first, then each workflow under its own heading."""
    blocks = [_fenced("## Records and how they relate", records_diagram(blueprint))]
    for record in blueprint.records.values():
        if record.workflow is not None:
            plural = record_names(record.name, record.plural).plural_label
            blocks.append(_fenced(f"## The stages of {plural.lower()}", workflow_diagram(record)))
    return "\n".join(blocks)


def _fenced(heading: str, diagram: str) -> str:
    return f"{heading}\n\n```mermaid\n{diagram}```\n"


def _entity(record: Record) -> Iterator[str]:
    """An entity block; relations are lines between entities, so they are no attributes."""
    shown = text_for_mermaid(record_names(record.name, record.plural).label)
    head = f'    {_id(record.name)}["{shown}"]'
    values = [field for field in record.fields.values() if field.type != "record"]
    system = [line for line in (_number(record), _stage_line(record)) if line]
    if not values and not system:
        yield head
        return
    yield f"{head} {{"
    yield from system
    yield from (_attribute(record, field) for field in values)
    yield "    }"


def _number(record: Record) -> str | None:
    return "        text number UK" if record.number else None


def _stage_line(record: Record) -> str | None:
    return "        stage stage" if record.workflow else None


def _attribute(record: Record, field: Field) -> str:
    key = " UK" if field.unique or record.key == (field.name,) else ""
    notes = [
        "optional" if field.optional else "",
        "calculated" if field.calculated else "",
        str(field.level) if field.level != record.level else "",
        *(str(kind) for kind in field.kinds if kind not in record.kinds),
    ]
    comment = ", ".join(note for note in notes if note)
    line = f"        {field.type} {_attribute_name(field.name)}{key}"
    return f'{line} "{text_for_mermaid(comment)}"' if comment else line


def _attribute_name(name: str) -> str:
    """The field's name; pk, fk and uk alone are marks of Mermaid's in any case."""
    return f"{name}_" if name in ("pk", "fk", "uk") else name


def _relations(blueprint: Blueprint, record: Record) -> Iterator[str]:
    if record.part_of is not None and record.part_of.parent in blueprint.records:
        label = words(record.part_of.collection).lower()
        yield _line(record.part_of.parent, "||--o{", record.name, label)
    for field in record.fields.values():
        if field.type == "record" and field.record in blueprint.records:
            label = words(field.name).lower()
            yield _line(record.name, _cardinality(record, field), field.record, label)


def _cardinality(record: Record, field: Field) -> str:
    """How many of this record share one target, and how many targets one record has.

    A line is whole where the record cannot be without its target, else it is broken.
    """
    alone = field.unique or record.key == (field.name,)
    left = _ONE_TO_ONE if alone else _MANY
    if field.many:
        return "}o..o{"
    return f"{left}..o|" if field.optional else f"{left}--||"


def _line(left: str, sign: str, right: str, label: str) -> str:
    return f'    {_id(left)} {sign} {_id(right)} : "{text_for_mermaid(label)}"'


def _id(record: str) -> str:
    """The id of an entity: prefixed, because a record may be called Class or Style."""
    return f"record_{record}"


def _stage(stage: str) -> str:
    """The id of a state: prefixed, because a stage may be called end, note or state."""
    return f"stage_{stage}"


def _label(workflow: Workflow, stage: str) -> str:
    return words(stage) + (" (locked)" if stage in workflow.locked else "")


_ESCAPES = str.maketrans(
    {
        "#": "#35;",
        ";": "#59;",
        '"': "#quot;",
        ":": "#58;",
        "<": "#lt;",
        ">": "#gt;",
        "{": "#123;",
        "}": "#125;",
        "%": "#37;",
        "`": "#96;",
        "\\": "#92;",
        "~": "#126;",
    }
)
_DIRECTION = re.compile(r"direction", re.IGNORECASE)
"""`direction lr` turns a whole diagram, wherever in a line it stands."""


def text_for_mermaid(text: str) -> str:
    """Text as Mermaid shows it literally: what it reads as syntax becomes an entity code."""
    flat = " ".join(text.translate(_ESCAPES).split())
    return _DIRECTION.sub(lambda found: f"#{ord(found[0][0])};{found[0][1:]}", flat)
