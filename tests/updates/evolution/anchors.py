"""Where people write: patterns that stand once in the files of every record."""

from __future__ import annotations

DOMAINS = "src/app/domains"
AFTER_MODELS = r"from app\.domains\.{}\.models import \w+\n"
ON_ADD = r'def on_add\(.*\) -> None:\n    """.*"""\n'
ON_MOVE = r'def on_move\(.*\) -> None:\n    """.*"""\n'
ON_CHANGE = r'def on_change\(.*\) -> None:\n    """.*"""\n'
SITES = "from app.domains.sites import service as sites\n"
BRIDGE = """    row.site_id = sites.keep_up(
        work, row.site_id, row.client_id, row.street, row.postcode, row.entry
    )
"""
WORK = r"from app\.platform\.work import UnitOfWork\n"
CONFLICT = "from app.platform.errors import Conflict\n"
CALLER = "from tests.calling import Caller\n"
