"""A form that somebody else has overtaken: what they changed stays, where both did, both are seen.

A form carries what it had shown. So what was typed over is told from what was only left as it was,
and the second save does not take back what somebody else did in the meantime.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.platform.console.fields import Field
from app.platform.console.kinds import Place
from app.platform.console.names import related
from app.platform.console.screens import Screen
from app.platform.console.shown import text_of
from app.platform.console.typed import Typed, changes
from app.platform.views import views
from app.platform.work import UnitOfWork

WAS = "was-"


def carried(shown: Typed, fields: Sequence[Field]) -> dict[str, str]:
    """Give what a form carries along: what it shows before anything is typed."""
    return {
        f"{WAS}{one.name}": " ".join(shown.lists.get(one.name, ())) or shown.get(one.name)
        for one in fields
    }


def before(typed: Typed, fields: Sequence[Field]) -> Typed:
    """Give what the form had shown."""
    texts = {one.name: typed.get(f"{WAS}{one.name}") for one in fields}
    return Typed(texts, {name: text.split() for name, text in texts.items()})


def merged(typed: Typed, now: Typed, fields: Sequence[Field]) -> Typed:
    """Give what was typed, and where nothing was, what stands there now."""
    own = changes(typed, before(typed, fields), fields)
    left = [one.name for one in fields if one not in own]
    return Typed(
        {**typed.texts, **{name: now.get(name) for name in left}},
        {**typed.lists, **{name: now.lists.get(name, ()) for name in left}},
        typed.files,
    )


def both(typed: Typed, now: Typed, fields: Sequence[Field]) -> list[Field]:
    """Give the fields in which two people typed, and not the same."""
    return [
        one for one in changes(typed, now, fields) if changes(before(typed, fields), now, [one])
    ]


def theirs(
    work: UnitOfWork, screen: Screen, row: Any, fields: Sequence[Field], place: Place
) -> dict[str, str]:
    """Give what stands now in these fields, as people read it."""
    (view,) = views(work, screen.schema("Out"), [row])
    names = related(work, fields, [view])
    return {
        one.name: text_of(one, getattr(view, one.name), names, place) or "nothing" for one in fields
    }
