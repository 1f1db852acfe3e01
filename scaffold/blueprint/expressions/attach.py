"""Puts every expression of a blueprint, parsed and typed, into its place in the model."""

from __future__ import annotations

from dataclasses import replace

from scaffold.blueprint.expressions import types
from scaffold.blueprint.expressions.cycles import refuse_cycles
from scaffold.blueprint.expressions.names import BlamedError, Scope
from scaffold.blueprint.expressions.parse import ExpressionError
from scaffold.blueprint.expressions.tree import Expression, My
from scaffold.blueprint.expressions.typing import typed
from scaffold.blueprint.faults import Path, shown
from scaffold.blueprint.models import Blueprint, Check, Field, Move, Record
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.blocks import Said


def attach(blueprint: Blueprint, said: Said, report: Report) -> Blueprint:
    """The blueprint with its checks, calculated fields and conditions in place."""
    blocks = said.get("records", {})
    records = {
        name: _Attacher(blueprint, record, blocks.get(name, {}), report).record()
        for name, record in blueprint.records.items()
    }
    whole = replace(blueprint, records=records)
    refuse_cycles(whole, report)
    return whole


class _Attacher:
    def __init__(self, blueprint: Blueprint, record: Record, said: Said, report: Report) -> None:
        self.blueprint = blueprint
        self.source = record
        self.said = said
        self.report = report
        self.path: Path = ("records", record.name)

    def record(self) -> Record:
        fields = {name: self._field(field) for name, field in self.source.fields.items()}
        record = replace(self.source, fields=fields, checks=self._checks())
        if record.workflow is None:
            return record
        moves = {name: self._move(move) for name, move in record.workflow.moves.items()}
        return replace(record, workflow=replace(record.workflow, moves=moves))

    def _read(self, text: str, use: str, path: Path) -> Expression | None:
        scope = Scope(self.blueprint, self.source, use, self.report)
        try:
            return typed(text, scope)
        except BlamedError:
            return None
        except ExpressionError as error:
            place = self.report.inside(path, error.at, text)
            self.report.add("expression", path, error.message, error.hint, place=place)
            return None

    def _condition(self, text: str, use: str, path: Path) -> Expression | None:
        found = self._read(text, use, path)
        if found is None or found.type == "yes_no":
            return found
        message = f"`{use}` takes a condition; {shown(text)} is {types.in_words(found.type)}."
        self.report.add("expression", path, message, "compare it: > 0, is …, or is not blank")
        return None

    def _checks(self) -> tuple[Check, ...]:
        found = []
        for message, text in self.said.get("checks", {}).items():
            expression = self._condition(text, "checks", (*self.path, "checks", message))
            if expression is not None:
                found.append(Check(" ".join(message.split()), expression))
        return tuple(found)

    def _field(self, field: Field) -> Field:
        block = self.said.get("fields", {}).get(field.name, {})
        if "calculated" not in block:
            return field
        path: Path = (*self.path, "fields", field.name, "calculated")
        if self.report.blamed(*path):
            return field
        found = self._read(block["calculated"], "calculated", path)
        if found is not None and not types.fits(field.type, found.type):
            ours, made = types.in_words(field.type), types.in_words(found.type)
            message = f"`{field.name}` is {ours}; this makes {made}."
            self.report.add("calculated-type", path, message, f"write is: {found.type}")
        return replace(field, calculated=found)

    def _move(self, move: Move) -> Move:
        block = self.said["workflow"]["moves"][move.name]
        if "if" not in block:
            return move
        path: Path = (*self.path, "workflow", "moves", move.name, "if")
        condition = self._condition(block["if"], "if", path)
        if condition is not None and condition.uses(My):
            self._refuse_nobody(move, condition, path)
        return replace(move, if_=condition)

    def _refuse_nobody(self, move: Move, condition: Expression, path: Path) -> None:
        """`my` needs somebody with an account: neither a link nor the clock has one."""
        link, asks = self.source.link, f"{shown(condition.text)} asks for one"
        if link is not None and move.name in link.moves:
            hint = f"take {move.name} out of link.moves, or write the rule without my"
            message = f"Who follows a link has no account, and {asks}."
            self.report.add("link-my", path, message, hint)
        elif move.once_past is not None and not move.by:
            message = f"The clock has no account, and {asks}."
            self.report.add("clock", path, message, "write the rule without my")
