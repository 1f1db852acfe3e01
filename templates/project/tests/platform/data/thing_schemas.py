"""What the routes of the tests' own records take and give."""

from __future__ import annotations

from typing import Literal

from app.platform import values as v
from app.platform.schemas import In, Out, Query

Room = Literal["north", "south"]


class ShelfCreate(In):
    """What adding a shelf takes."""

    label: v.Plain = v.text(min=2, max=20, pattern="[a-z:' -]+")
    room: Room = "north"
    owner_id: v.Id | None = v.rule(default=v.KEEP)
    follows_id: v.Id | None = None
    price: v.Money | None = v.amount(min="0", max="1000", default=None)
    height: v.Integer | None = v.whole(min=1, default=None)
    stands: v.YesNo | None = None
    seen_on: v.Date | None = v.days(min="2020-01-01", default=None)
    more: v.Json | None = None
    note: v.Text | None = v.text(max=50, default=None)
    tags: v.Ids = v.rule(default=[])
    plan: v.Id | None = None


class ShelfChange(In):
    """What changing a shelf takes."""

    label: v.Plain = v.text(min=2, max=20, pattern="[a-z:' -]+", default=v.KEEP)
    room: Room = v.rule(default=v.KEEP)
    owner_id: v.Id | None = v.rule(default=v.KEEP)
    follows_id: v.Id | None = v.rule(default=v.KEEP)
    price: v.Money | None = v.amount(min="0", max="1000", default=v.KEEP)
    height: v.Integer | None = v.whole(min=1, default=v.KEEP)
    tags: v.Ids = v.rule(default=v.KEEP)
    plan: v.Id | None = v.rule(default=v.KEEP)


class ShelfItem(Out):
    """A shelf in a list."""

    label: v.Text
    room: Room
    owner_id: v.Id | None
    price: v.Money | None
    height: v.Integer | None


class ShelfOut(ShelfItem):
    """A shelf by itself."""

    follows_id: v.Id | None
    seen_on: v.Date | None
    stands: v.YesNo | None
    more: v.Json | None
    note: v.Text | None
    tags: v.Ids
    plan: v.Id | None


class ShelfQuery(Query):
    """How a list of shelves can be sorted and filtered; more than a blueprint would let it."""

    sort: str = v.sort("created_at", "label", "height", "seen_on", "stands", "price", "note")
    room: Room | None = None
    label: v.Text | None = None
    stands: v.Flag | None = None
    height: v.WholeText | None = None
    height__gte: v.WholeText | None = None
    note: v.Text | None = None
    price__gte: v.Money | None = None
    price__lte: v.Money | None = None


class BoxIn(In):
    """What a box takes."""

    name: v.Text = v.text(max=20)
    beside_id: v.Id | None = None


class BoxOut(Out):
    """A box by itself."""

    shelf_id: v.Id
    beside_id: v.Id | None
    name: v.Text


class BoxQuery(Query):
    """How a list of boxes can be sorted and filtered."""


class NoteIn(In):
    """What a note takes."""

    shelf_id: v.Id
    words: v.Text = v.text(max=200)


class SecretIn(In):
    """What a secret takes."""

    name: v.Text = v.text(max=50)
    code: v.Money | None = None
    phone: v.Phone | None = None
    scan: v.Id | None = None
    room: Room = "north"


class SecretChange(In):
    """What changing a secret takes."""

    code: v.Money | None = v.rule(default=v.KEEP)


class SecretFind(In):
    """What a secret can be found by."""

    code: v.Money = v.rule(default=v.KEEP)


class SecretItem(Out):
    """A secret in a list."""

    name: v.Text | None
    room: Room


class SecretOut(SecretItem):
    """A secret by itself."""

    code: v.Money | None
    phone: v.Phone | None


class SecretQuery(Query):
    """How a list of secrets can be sorted and filtered."""

    room: Room | None = None


class SecretUnmask(In):
    """What is to be shown in the clear."""

    fields: list[Literal["name", "code", "phone"]] = v.rule(min_length=1, max_length=3)


class SecretUnmasked(In):
    """What was asked for, in the clear."""

    name: v.Text | None = None
    code: v.Money | None = None
    phone: v.Phone | None = None


class TagIn(In):
    """What a tag takes."""

    name: v.Text = v.text(max=20)
