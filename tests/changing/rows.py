"""A blueprint with rows, which the kinds of change are tried on."""

from __future__ import annotations

from typing import Any

from tests.changing.blueprint import APPLIED

ANSWERED = """\
      doubled: {is: money, calculated: price * 2}
      code: {is: optional text, data: restricted}
    checks:
      "Not too dear": price < 9000
"""
"""What holds no values; instead of it come fields of which rows hold some."""
HELD = """\
      code: {is: optional text, data: restricted, find_exact: true}
      pin: {is: text, data: restricted}
      serial: {is: optional text, searchable: true}
      owner_phone: {is: optional phone, data: personal}
      manual: {is: optional file, file_types: [pdf], max_mb: 1}
"""
FLYER = """\
  Flyer:
    fields: {text: text}
    may: {clerk: [add, see, change]}
"""
BEFORE, AFTER = APPLIED.split(ANSWERED)
BLUEPRINT = f"{BEFORE}{HELD}{AFTER}{FLYER}"


def uuid(number: int) -> str:
    """The id of a row."""
    return f"00000000-0000-7000-8000-{number:012d}"


def _tool(number: int, name: str, **more: Any) -> tuple[str, dict[str, Any]]:
    plain = {"id": uuid(number), "name": name, "maker": "Acme", "price": 10, "state": "fine"}
    return "tools", {**plain, "branch_id": uuid(1), "pin": {"sealed": f"pin {number}"}, **more}


ROWS: list[tuple[str, dict[str, Any]]] = [
    ("branches", {"id": uuid(1), "name": "North"}),
    ("branches", {"id": uuid(2), "name": "South"}),
    _tool(
        11,
        "Drill",
        colour="red",
        weight=1.5,
        state="worn",
        lent_by_id=uuid(2),
        code={"sealed": "A-1", "found": True},
        serial="S1",
        owner_phone="+1 555 0100",
        manual=uuid(51),
    ),
    (
        "platform_files",
        {
            "id": uuid(51),
            "record": "tools",
            "field": "manual",
            "record_id": uuid(11),
            "name": "drill.pdf",
            "media_type": "application/pdf",
            "size": 9,
            "store_key": uuid(51),
            "sealed": False,
            "uploaded_at": "2026-01-01T00:00:00Z",
        },
    ),
    _tool(12, "Saw", price=0, serial="S1", owner_phone="+1 555 0100"),
    _tool(13, "Axe", maker="Bosch", colour="blue", price=99.5, state="broken"),
    ("tools__fits", {"row_id": uuid(11), "target_id": uuid(12)}),
    (
        "hires",
        {
            "id": uuid(21),
            "number": "H-00001",
            "tool_id": uuid(11),
            "name": "Ann",
            "paid": True,
            "stage": "back",
        },
    ),
    (
        "hires",
        {
            "id": uuid(22),
            "number": "H-00002",
            "tool_id": uuid(11),
            "name": "Ann",
            "paid": False,
            "stage": "open",
        },
    ),
    ("notes", {"id": uuid(31), "hire_id": uuid(21), "text": "A scratch."}),
    ("flyers", {"id": uuid(41), "text": "Hire one."}),
]
"""Tables and rows, in an order in which they can be put in."""
