"""The routes by which lists go out and come in as tables; each has the rule that the API's has."""

from __future__ import annotations

from app.platform.console import exporting, importing
from app.platform.console.exchange import EXPORTS, exported
from app.platform.console.routes import GET, POST, Routes


def add_exchange(routes: Routes) -> None:
    """Add exports where somebody may export, and imports where a line can be told from others."""
    if exported(routes.screen.policy):
        for kind in EXPORTS:
            path = f"/export.{kind}"
            routes.add(path, "export", exporting.exporting, kind, methods=GET + POST)
    if routes.screen.policy.key:
        routes.add("/import", "see", importing.choosing)
        sent = {"methods": POST, "max_body_size": importing.LARGEST_FORM}
        routes.add("/import", "see", importing.trying, **sent)
        routes.add("/import/run", "see", importing.keeping, **sent)
