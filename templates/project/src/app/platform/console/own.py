"""Pages that a record has of its own, in files that nothing generates and no update touches.

`pages.py` in the folder of a record gives endpoints instead of those that all records have: a function
there replaces the one of its name. Templates in `templates/` beside it replace those of their names.
Addresses and access rules stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from fastapi import Depends, Request, params

from app.platform.http.receiving import admitted

BASE = Path(__file__).with_name("pages")

PAGES = (
    "listing", "searching", "blank", "adding", "showing", "past", "editing", "changing", "moving",
    "archiving", "showing_masked", "exporting", "choosing", "trying", "keeping",
)  # fmt: skip
"""What can be replaced, by the names of the functions that all records share."""

Make = Callable[..., Callable[..., Any]]
"""Gives an endpoint for the pages of a record."""


class UnknownPage(Exception):
    """A record has a page of its own that replaces nothing, so nobody would ever see it."""


@dataclass(frozen=True, slots=True)
class Own:
    """The functions and the templates that one record has of its own."""

    pages: ModuleType | None = None
    templates: Path | None = None

    @classmethod
    def of(cls, package: str) -> Own:
        """Find what lies in the package of a record.

        Raises UnknownPage for a name that replaces nothing and does not begin with `_`.
        """
        name = f"{package}.pages"
        pages = import_module(name) if find_spec(name) else None
        folder = Path(str(import_module(package).__file__)).with_name("templates")
        own = cls(pages, folder if folder.is_dir() else None)
        own.refuse_unknown(name)
        return own

    def refuse_unknown(self, name: str) -> None:
        """Refuse what is nobody's page; raises UnknownPage."""
        here = vars(self.pages).items() if self.pages else ()
        functions = {n for n, f in here if isinstance(f, FunctionType) and f.__module__ == name}
        files = {path.name for path in self.templates.iterdir()} if self.templates else set()
        known = {*PAGES, *(path.name for path in BASE.iterdir())}
        lost = sorted(one for one in functions | files if one[0] != "_" and one not in known)
        if lost:
            raise UnknownPage(
                f"{name}: {', '.join(lost)} would replace nothing. Name it as what it replaces, "
                "see docs/pages.md, or begin its name with _ where it is a piece of others."
            )

    def made(self, make: Make) -> Make:
        """Give what makes the endpoint: the record's own function, or the one that all share."""
        own: Make = getattr(self.pages, make.__name__, make)
        return own

    def guard(self, make: Make) -> list[params.Depends]:
        """Give what holds before an endpoint of a record's own, whatever it then does."""
        return [] if self.made(make) is make else [Depends(let_in)]


NOTHING = Own()


async def let_in(request: Request) -> None:
    """Refuse whom the rule of the route does not let in. Other endpoints do it with their work."""
    await admitted(request)
