"""A blueprint as it was applied, which the cases in `cases.txt` change in a place or two."""

from __future__ import annotations

APPLIED = """\
blueprint: 1
app: Tool Hire
currency: EUR
timezone: UTC
data: internal
identity: {staff: password, devices: [own_computer]}
roles: {clerk: Hires out, boss: Decides}
records:
  Branch:
    fields:
      name: {is: text, unique: true}
    may: {boss: [add, see, change], clerk: see}
  Tool:
    fields:
      name: text
      maker: {is: text, max: 80}
      colour: optional text
      price: {is: money, min: 0}
      weight: {is: optional decimal, places: 1}
      state: {is: [fine, worn, broken], default: fine}
      branch: {is: Branch, if_deleted: refuse}
      lent_by: optional Branch
      fits: many Tool
      doubled: {is: money, calculated: price * 2}
      code: {is: optional text, data: restricted}
    checks:
      "Not too dear": price < 9000
    may: {boss: [add, see, change], clerk: see}
  Hire:
    number: H-00001
    fields:
      tool: Tool
      name: text
      paid: {is: yes_no, default: false}
    workflow:
      stages: [open, back, lost]
      locked: [lost]
      moves:
        take_back: {from: open, to: back, by: [clerk]}
        lose: {from: open, to: lost, by: [boss]}
    may: {clerk: [add, see, change]}
  Note:
    part_of: Hire as notes
    fields: {text: text}
"""
