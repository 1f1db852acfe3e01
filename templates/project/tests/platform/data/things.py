"""Records of the tests' own, which together use everything that the platform offers.

Their policies are taken out of `POLICIES` again: they count while the tests of this folder run,
and no other test sees them.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, relationship

from app.platform import columns as c
from app.platform.access import POLICIES, Policy
from app.platform.db import Entity, LinkRow
from app.platform.repository import Repository

ROOMS = ["north", "south"]


class Tag(Entity):
    """A word that shelves are found by."""

    __tablename__ = "try_tags"

    name: Mapped[c.Text] = c.field("public", text=True, max=20, unique=True)


class ShelfTag(LinkRow):
    """Which tags go with which shelf."""

    __tablename__ = "try_shelves_tags"

    row_id: Mapped[c.Id] = c.link("try_shelves")
    target_id: Mapped[c.Id] = c.link("try_tags")


class Shelf(Entity):
    """Something that somebody owns, in a room."""

    __tablename__ = "try_shelves"

    label: Mapped[c.Text] = c.field(
        "internal", text=True, min=2, max=20, pattern="[a-z:' -]+", unique=True, searchable=True
    )
    room: Mapped[c.Choice] = c.field("internal", choices=ROOMS)
    owner_id: Mapped[c.Id | None] = c.relation("users", if_deleted="leave_blank")
    follows_id: Mapped[c.Id | None] = c.relation("try_shelves", if_deleted="leave_blank")
    price: Mapped[c.Money | None] = c.field("internal", min=0, max=1000)
    height: Mapped[c.Integer | None] = c.field("internal", min=1, index=True)
    limit: Mapped[c.Percent | None] = c.field("internal", min=0)
    depth: Mapped[c.Decimal | None] = c.decimal_places("internal", places=3, min=0)
    seen_on: Mapped[c.Date | None] = c.field("internal", min="2020-01-01")
    stands: Mapped[c.YesNo | None] = c.field("internal")
    more: Mapped[c.Json | None] = c.field("internal")
    note: Mapped[c.Text | None] = c.field("confidential", "personal", searchable=True)
    plan: Mapped[c.File | None] = c.file("internal", file_types=["pdf", "png"], max_mb=1)
    _tags: Mapped[list[ShelfTag]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", foreign_keys="ShelfTag.row_id"
    )
    tags: AssociationProxy[list[UUID]] = association_proxy("_tags", "target_id")


class Box(Entity):
    """Something that stands on a shelf, and goes with it."""

    __tablename__ = "try_boxes"

    shelf_id: Mapped[c.Id] = c.relation("try_shelves", if_deleted="delete_too")
    beside_id: Mapped[c.Id | None] = c.relation("try_boxes", if_deleted="refuse")
    name: Mapped[c.Text] = c.field("internal", text=True, max=20)


class Note(Entity):
    """Something about a shelf; it belongs to whoever owns the shelf."""

    __tablename__ = "try_notes"

    shelf_id: Mapped[c.Id] = c.relation("try_shelves", if_deleted="refuse")
    words: Mapped[c.LongText] = c.field("internal", text=True, max=200)


class Secret(Entity):
    """Something that few may read."""

    __tablename__ = "try_secrets"

    name: Mapped[c.Secret] = c.sealed("restricted", "personal", kind="text")
    code: Mapped[c.Secret | None] = c.sealed("restricted", kind="money")
    code_digest: Mapped[bytes | None] = c.digest("code", unique=True)
    phone: Mapped[c.Phone | None] = c.field("confidential", "personal", searchable=True)
    scan: Mapped[c.Secret | None] = c.sealed(
        "restricted", kind="file", file_types=["txt"], max_mb=1
    )
    room: Mapped[c.Choice] = c.field("internal", choices=ROOMS)


class Shelves(Repository[Shelf]):
    """Shelves in the database."""

    policy = Policy(
        Shelf,
        {
            "keeper": ["add", "see", "change", "archive", "export", "unmask"],
            "helper": ["add own", "see own", "change own", "archive own"],
            "neighbour": ["add same room", "see same room", "change same room"],
            "watcher": ["see"],
            "taker": ["see", "export own", "unmask same room"],
            "porter": ["export"],
            "half": ["see", "change own"],
            "adder": ["add"],
            "blind": ["change"],
        },
        owner="owner",
        shown_as="label",
        key=["label"],
        masked=["note"],
        seen_by={"height": ["keeper", "helper"]},
        set_by={"price": ["keeper"]},
    )


class Boxes(Repository[Box]):
    """Boxes in the database."""

    policy = Policy(Box, part_of="shelf", shown_as="name", key=["shelf_id", "name"])


class Notes(Repository[Note]):
    """Notes in the database."""

    policy = Policy(
        Note,
        {"keeper": ["add", "see", "archive"], "helper": ["add own", "see own"]},
        owner="shelf.owner",
    )


class Secrets(Repository[Secret]):
    """Secrets in the database."""

    policy = Policy(
        Secret,
        {
            "keeper": ["add", "see", "change", "export", "unmask"],
            "warden": ["see", "export", "unmask same room"],
            "watcher": ["see"],
            "clerk": ["add", "see", "unmask"],
        },
        shown_as="name",
        key=["code"],
        masked=["name", "code", "phone", "scan"],
        seen_by={"code": ["keeper", "warden"], "name": ["keeper", "warden", "watcher"]},
    )


class Tags(Repository[Tag]):
    """Tags in the database."""

    policy = Policy(Tag, {"keeper": ["add", "see", "archive"], "helper": ["see"]}, shown_as="name")


TABLES = [entity.__tablename__ for entity in (Tag, Shelf, ShelfTag, Box, Note, Secret)]
RULES = {name: POLICIES.pop(name) for name in TABLES if name in POLICIES}
for policy in RULES.values():
    policy.reads_recorded = False  # whatever the blueprint says of the whole system
