"""Records from which the cases of the questions are put together."""

from __future__ import annotations

PEOPLE = """
User:
  fields: {ceiling: {is: money, default: 0, set_by: [boss]}}
  may: {boss: [add, see, change], clerk: [see]}
"""


def order(
    *,
    locked: str = "[approved, sent]",
    approve: str = "by: [clerk], if: amount <= my ceiling",
    stages: str = "[draft, approved, sent]",
    more: str = "",
) -> str:
    """An order that is approved and then sent."""
    return f"""
Order:
  number: O-001
  fields:
    amount: {{is: money, min: 0}}
    buyer: {{is: optional email}}
  workflow:
    stages: {stages}
    locked: {locked}
    moves:
      approve: {{from: draft, to: approved, {approve}}}
      send: {{from: approved, to: sent, by: [clerk], tells: [buyer]}}
{more}
  may: {{clerk: [add, see, change], boss: [add, see, change]}}
"""


def thing(
    fields: str, may: str = "{clerk: [add, see, change], boss: [see]}", more: str = ""
) -> str:
    """A record without stages."""
    return f"""
Thing:
  fields: {{name: text, {fields}}}
  may: {may}
{more}
"""


LINES = """
Line:
  part_of: Order as lines
  fields:
    price: {is: money}
    count: {is: integer}
    amount: {is: money, calculated: price * count}
"""


def summed(total: str) -> str:
    """An order with lines and this total."""
    return f"""
Order:
  number: O-001
  fields: {{total: {{is: money, {total}}}}}
  may: {{clerk: [add, see, change]}}
"""


def staged(moves: str, stages: str = "[draft, middle, done]") -> str:
    """An order with these stages and moves, and nothing else."""
    return f"""
Order:
  number: O-001
  fields: {{title: text}}
  workflow:
    stages: {stages}
    locked: [done]
    moves: {{{moves}}}
  may: {{clerk: [add, see, change], boss: [see]}}
"""
