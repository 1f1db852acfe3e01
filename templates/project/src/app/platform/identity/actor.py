"""Who is calling, as the rest of the code sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A principal during one request.

    `roles` and `facts` were read from the database for this request. `facts` are the fields of
    the principal's row in `users` by their column, sealed ones left out. `session_id` is None
    for work that no sign-in session began. `system` is true of the system itself, as which jobs
    act: no one who signs in is it. `tenant_id` is the customer whose people they are among,
    where the system separates any.
    """

    id: UUID
    roles: frozenset[str] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)
    session_id: UUID | None = None
    system: bool = False
    tenant_id: UUID | None = None
