"""A blueprint that uses every word of the language, for the tests of the reading."""

from __future__ import annotations

ORCHARD = """\
blueprint: 1
app: Hill Orchard
about: Sells boxes of apples to shops, and bills them.
currency: [EUR, CHF]
timezone: Europe/Zurich
data: confidential personal
audit: changes
separate_by: Farm
identity: {staff: google, customers: email_link, sign_up: open, software: tokens, devices: [phone]}
support:
  first: {who: team, name: Office, contact: office@hill.example, code_owners: "@hill/office"}
  stand_in: owner@hill.example
  until: 2027-06-30
  hours: extended
  after_hours: always
  respond: {everyone_stuck: 1 hour, someone_stuck: 4 hours, question: 2 days}
  may_be_down: 4 hours a month
  may_lose: 10 minutes
  pays: owner@hill.example
delivery: {ci: gitlab, run_on: kubernetes, budget: 90 a month}
why_build: {instead_of: [a spreadsheet, paper], because: No program knows our apples.}
open_items:
  - {about: support.stand_in, who: owner@hill.example, by: 2026-12-15}
roles: {office: Takes orders, picker: Fills boxes, owner: Decides}
retired: [OldBox]
records:
  Farm:
    about: One of our farms.
    shared: true
    fields: {name: {is: text, unique: true, data: public}}
    may: {owner: [add, see, change], office: [see], picker: [see]}
  User:
    about: People who sign in.
    fields: {farm: Farm, order_limit: {is: money, default: 0, min: 0, set_by: [owner]}}
    may: {owner: [add, see, change], office: [see]}
  Variety:
    plural: varieties
    was: Kind
    data: public
    fields: {name: {is: text, searchable: true}}
    may: {owner: [add, see], office: [see]}
  Order:
    about: What a shop wants.
    steward: office
    number: {format: "O-{year}-0001", gapless: true}
    shown_as: title
    key: [title, wanted_on]
    owner: picker
    audit: reads
    delete: forbid
    retired: [colour]
    intended: [approved-amount-editable]
    fields:
      title:
        {is: text, min: 3, max: 80, pattern: "[A-Za-z ]+", example: Boxes, was: heading,
         searchable: true}
      wanted_on: {is: date, default: today}
      picker: optional User
      farm: Farm
      follows: {is: optional Order, if_deleted: delete_too}
      varieties: many Variety
      size:
        {is: [small, large], optional: true, about: Of the boxes, renamed: {big: large},
         retired: [huge]}
      email: {is: optional email, data: restricted personal, find_exact: true}
      weight: {is: optional decimal, places: 2}
      crates: {is: integer, backfill: 1}
      price: {is: money, data: internal, seen_by: [office, owner], set_by: [office]}
      total: {is: money, calculated: sum of boxes.price + price * 2}
      scan: {is: optional file, file_types: [pdf, png], max_mb: 5}
      on_hold: {is: yes_no, default: false}
    unique:
      - [title, size]
    checks:
      "Say when": wanted_on >= today unless size is small or size is blank
    workflow:
      stages: [draft, agreed, packed, gone]
      locked: [packed, gone]
      renamed: {filled: packed}
      retired: [lost]
      moves:
        agree:
          from: draft
          to: agreed
          by: [office, owner]
          needs: [wanted_on, size]
          if: "total <= my order_limit and not (crates in [0, 1])"
        pack:
          from: agreed
          to: packed
          by: [picker]
          only_owner: true
          asks: [weight_of_it]
          not_same_person_as: agree
          tells: [picker, email]
        forget: {from: [draft, agreed], to: gone, once_past: wanted_on}
        send: {from: packed, to: gone, by: [office]}
    link: {shows: [title, wanted_on], moves: [send], expires: 30 days}
    may:
      office: [add, see, change, export]
      picker: [see own, change own]
      owner: [see, unmask, archive same farm]
    keep: {for: 7 years, after: wanted_on, then: erase, unless: on_hold}
  Box:
    about: One box of an order.
    plural: boxes
    part_of: Order as boxes
    fields: {price: {is: money, data: internal}}
"""
