"""Blueprints of any size, to measure with."""

from __future__ import annotations

_HEAD = """\
blueprint: 1
app: Measured
currency: USD
roles: {staff: Does everything}
records:
"""
_RECORD = """\
  {name}:
    number: {letters}-00001
    fields:
      title: {{is: text, searchable: true}}
      state: [open, closed]
      price: {{is: money, min: 0}}
      due_on: optional date
      notes: optional long_text
{before}    may: {{staff: [add, see, change, archive]}}
"""


def blueprint_of(records: int) -> str:
    """A blueprint with so many records of five fields, each pointing to the one before."""
    names = [f"Thing{_letters(place)}" for place in range(records)]
    text = _HEAD
    for place, name in enumerate(names):
        before = f"      before: optional {names[place - 1]}\n" if place else ""
        text += _RECORD.format(name=name, letters=_letters(place).upper(), before=before)
    return text


def _letters(number: int) -> str:
    return "abcdefghij"[number // 10] + "abcdefghij"[number % 10]
