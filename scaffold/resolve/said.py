"""What a record calculates, checks, asks of its moves and is found by, in words."""

from __future__ import annotations

from scaffold.blueprint.paths import CURRENCY, has_money
from scaffold.resolve.resolved import Resolved


def said(item: Resolved) -> str:
    """Lines for the documents, a blank one before them; nothing where nothing is said."""
    lines = [
        f"{f.name} is calculated: `{f.calculated.text}`" for f in item.calculated if f.calculated
    ]
    lines += [f"{move.name} needs: `{move.if_.text}`" for move in item.offered if move.if_]
    lines += [f"{check.message}: `{check.expression.text}`" for check in item.record.checks]
    whole = _says_currency(item)
    if whole not in (None, item):
        lines.append(f"its amounts are in the `currency` of its {whole.names.label.lower()}")
    if item.searched:
        lines.append(f"found by words in: {', '.join(item.searched)}")
    return "".join(["\n\n", "\n".join(f"- {line}" for line in lines)]) if lines else ""


def _says_currency(item: Resolved) -> Resolved | None:
    """What says which of several currencies its amounts are in: a part leaves that to its whole."""
    if not has_money(item.record):
        return None
    found = item if CURRENCY in item.record.fields else None
    while item.record.part_of is not None:
        item = item.resolved[item.record.part_of.parent]
        found = item if has_money(item.record) and CURRENCY in item.record.fields else found
    return found
