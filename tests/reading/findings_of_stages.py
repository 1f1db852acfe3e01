"""Cases of the questions about approvals, duties and stages."""

from __future__ import annotations

from tests.reading.findings import Case
from tests.reading.record_blocks import PEOPLE, order, staged

THROUGH = "go: {from: draft, to: middle, by: [clerk]}, end: {from: middle, to: done, by: [clerk]}"
CHECKED = (
    "check: {from: draft, to: middle, by: [clerk, boss]}, "
    "end: {from: middle, to: done, by: [clerk, boss], not_same_person_as: check}"
)
OFFERED = """
Order:
  number: O-001
  fields: {{amount: {{is: money}}, buyer: email}}
  workflow:
    stages: [draft, checked, ready, done]
    locked: [checked, ready, done]
    moves:
      {first}
      {second}
      end: {{from: ready, to: done, by: [clerk]}}
  may: {{clerk: [add, see, change], boss: [see]}}
"""
_LATE = OFFERED.format(
    first="send: {from: draft, to: checked, by: [clerk], tells: [buyer]}",
    second="approve: {from: checked, to: ready, by: [boss], if: amount <= my ceiling}",
)
_EARLY = OFFERED.format(
    first="approve: {from: draft, to: checked, by: [boss], if: amount <= my ceiling}",
    second="send: {from: checked, to: ready, by: [clerk], tells: [buyer]}",
)

CASES_OF_STAGES = (
    Case(
        "approved-amount-editable",
        (PEOPLE, order(locked="[sent]")),
        (PEOPLE, order()),
        'from draft to approved ("approve")',
    ),
    Case(
        "approved-amount-editable",
        (PEOPLE, order(locked="[sent]", approve="by: [boss]")),
        (PEOPLE, order(approve="by: [boss]")),
        'Bosses may move an order from draft to approved ("approve")',
        about="approved by name alone",
    ),
    Case(
        "raises-own-limit",
        (PEOPLE, order(approve="by: [clerk, boss], if: amount <= my ceiling")),
        (PEOPLE, order()),
        "Only bosses may set the ceiling",
    ),
    Case("approval-after-offer", (PEOPLE, _LATE), (PEOPLE, _EARLY), '("approve")'),
    Case(
        "stage-without-way-in",
        (staged("go: {from: draft, to: done, by: [clerk]}"),),
        (staged(THROUGH),),
        "An order begins as draft",
    ),
    Case(
        "stage-without-way-out",
        (
            staged(
                "go: {from: draft, to: middle, by: [clerk]}, "
                "jump: {from: draft, to: done, by: [clerk]}"
            ),
        ),
        (staged(THROUGH),),
        "An order begins as draft",
    ),
    Case(
        "duties-one-person",
        (staged(f"{CHECKED}, skip: {{from: middle, to: done, by: [boss]}}"),),
        (staged(CHECKED),),
        'but not if they made the move "check" themselves',
    ),
    Case(
        "duties-one-person",
        (staged(f"{CHECKED}, skip: {{from: draft, to: middle, by: [boss]}}"),),
        (staged(f"{CHECKED}, back: {{from: middle, to: draft, by: [boss]}}"),),
        'but not if they made the move "check" themselves',
        about="the first of the two moves can be left out",
    ),
)
