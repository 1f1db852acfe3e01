"""For whom examples are made, in a system that keeps its customers apart."""

from __future__ import annotations

from collections import deque
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, func, select, true

from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Session
from app.platform.separation import separated


class ForCustomers:
    """Makes rows for one customer after the other."""

    session: Session
    tenant: UUID | None = None
    uploader: UUID | None = None
    """Whose files those in bodies are."""
    rows: dict[str, deque[Any]]

    def make(self, table: str, /, **values: Any) -> Any:
        """Make a row."""
        raise NotImplementedError

    def begin(self) -> UUID | None:
        """Begin another customer, if the system separates any: what is made from now on is theirs.

        Gives the customer's id.
        """
        if SEPARATED_BY is None:
            return None
        for table in separated():
            self.rows.pop(table, None)
        tenant = self.make(SEPARATED_BY).id
        self.work_for(tenant)
        return UUID(str(tenant))

    def work_for(self, tenant: UUID) -> None:
        """Tell each transaction from now on for whom it works."""
        if self.tenant is None:
            event.listen(self.session, "after_begin", lambda *begun: self._tell(begun[-1]))
        self.tenant = tenant
        self._tell(self.session)

    def _tell(self, to: Session | Connection) -> None:
        to.execute(select(func.set_config("app.tenant", str(self.tenant), true())))
