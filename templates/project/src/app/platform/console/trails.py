"""Where a page belongs: to its list, or for a part, to its whole."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app.platform.console.kinds import Place
from app.platform.console.names import names_by_id
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.shown import place_of_row
from app.platform.console.words import label
from app.platform.errors import NotFound
from app.platform.rows import rows_of
from app.platform.work import UnitOfWork

Trail = tuple[str, str]


def whole(work: UnitOfWork, screen: Screen, within: UUID | None) -> Trail | None:
    """Give the name and the address of the whole that parts belong to, if it is about parts."""
    if within is None:
        return None
    name = names_by_id(work, screen.policy.parent().table.name, [within])[within]
    return name, screen.home(within).rpartition("/")[0]


def place_within(work: UnitOfWork, screen: Screen, within: UUID | None, place: Place) -> Place:
    """Give where the reader is, with the currency of the whole that parts belong to."""
    if within is None or place.currency:
        return place
    parent = screen.policy.parent()
    (row,) = rows_of(parent, work).some([within])
    above = SCREENS[parent.table.name]
    return place_of_row(row, place_within(work, above, above.within(row), place))


def require_whole(work: UnitOfWork, screen: Screen, within: Sequence[UUID]) -> None:
    """Refuse parts of what the actor may not see; raises NotFound."""
    if within and not rows_of(screen.policy.parent(), work).some(within[-1:]):
        raise NotFound("It does not exist, or it is not for you to see.")


def trail(work: UnitOfWork, screen: Screen, within: UUID | None) -> Trail:
    """Give what stands above a row: its whole, or the list of its record."""
    return whole(work, screen, within) or (label(screen.words.many), screen.home())
