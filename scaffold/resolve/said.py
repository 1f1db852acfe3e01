"""What a record calculates, checks, asks of its moves and is found by, in words."""

from __future__ import annotations

from scaffold.resolve.resolved import Resolved


def said(item: Resolved) -> str:
    """Lines for the documents, a blank one before them; nothing where nothing is said."""
    lines = [
        f"{f.name} is calculated: `{f.calculated.text}`" for f in item.calculated if f.calculated
    ]
    lines += [f"{move.name} needs: `{move.if_.text}`" for move in item.offered if move.if_]
    lines += [f"{check.message}: `{check.expression.text}`" for check in item.record.checks]
    if item.currency[1:]:
        lines.append(f"its amounts are in the currency of its whole: `{'.'.join(item.currency)}`")
    if item.searched:
        lines.append(f"found by words in: {', '.join(item.searched)}")
    return "".join(["\n\n", "\n".join(f"- {line}" for line in lines)]) if lines else ""
