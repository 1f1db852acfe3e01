"""A small legal blueprint that the fault tables change in one place at a time."""

from __future__ import annotations

SMALL = """\
blueprint: 1
app: Small Shop
currency: USD
timezone: America/Chicago
data: internal
identity: {staff: google, devices: [phone]}
support: {first: {who: team, name: Ops}, until: 2027-06-30, may_be_down: 4 hours a month}
delivery: {budget: 200 a month}
roles: {sales: Sells things, boss: Approves}
records:
  User:
    fields:
      team: Team
      limit_up_to: {is: money, default: 0}
  Team:
    fields:
      name: {is: text, unique: true}
    may: {boss: [add, see]}
  Order:
    number: O-{year}-0001
    owner: seller
    key: [team, title]
    fields:
      title: {is: text, max: 80, pattern: "[A-Za-z ]+", searchable: true}
      team: {is: Team, if_deleted: refuse}
      seller: {is: optional User, default: me}
      buyer: optional email
      size: {is: [small, large], default: small}
      rate: {is: decimal, places: 2, min: 0.5, max: 9.5, default: 1.5}
      due_on: {is: optional date, default: today}
      paid: {is: yes_no, default: false}
      helpers: many User
      scan: {is: optional file, file_types: [pdf], max_mb: 5}
      tax_id: {is: optional text, data: restricted, find_exact: true, unique: true}
      total: {is: money, calculated: sum of lines.amount}
    checks:
      "Large ones need a date": due_on is not blank unless size is small
    unique: [[seller, due_on]]
    workflow:
      stages: [open, sent, closed]
      locked: [closed]
      moves:
        send: {from: open, to: sent, by: [sales], needs: [due_on], if: total <= my limit_up_to}
        close: {from: [open, sent], to: closed, by: [boss], not_same_person_as: send, tells: buyer}
        lapse: {from: sent, to: closed, once_past: due_on, tells: [seller]}
    link: {shows: [title, total], moves: [close], expires: 30 days}
    may:
      sales: [add, see own, change same team]
      boss: [see, archive, export]
    keep: {for: 7 years, after: due_on, then: erase, unless: paid}
  Line:
    part_of: Order as lines
    fields:
      item: text
      count: {is: integer, min: 1, default: 1}
      price: {is: money, seen_by: [boss]}
      amount: {is: money, calculated: count * price}
"""
