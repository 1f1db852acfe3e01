"""Files that rows take: each its own uploader's, for its own field, and once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table

from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.errors import Conflict, FieldError
from app.platform.files.models import StoredFile
from app.platform.views import opened
from app.platform.work import UnitOfWork


def file_columns(table: Table) -> list[Column[Any]]:
    """Give the columns of a record that hold files."""
    return [column for column in table.columns if "file_types" in column.info]


def claim_files(work: UnitOfWork, policy: Policy, row: Entity, values: Mapping[str, Any]) -> None:
    """Let a row take the files among these values, and let go of those that they replace.

    Raises Conflict for a file that is not there for the actor: another's, another field's, or one
    that a row has taken already.
    """
    missing = []
    for column in file_columns(policy.table):
        before = opened(getattr(row, column.name))
        if column.name not in values or values[column.name] == before:
            continue
        if before is not None:
            release(work, before)
        wanted = values[column.name]
        if wanted is not None and not claimed(work, policy, row, column.name, wanted):
            missing.append(FieldError(column.name, "unknown_reference", "is not there"))
    if missing:
        raise Conflict(
            "Upload the file first, for this field.", code="unknown_reference", errors=missing
        )


def claimed(work: UnitOfWork, policy: Policy, row: Entity, name: str, file_id: UUID) -> bool:
    """Let a row take a file, if it is there for the actor; of two that want it one gets it."""
    file = work.session.get(StoredFile, file_id, with_for_update=True, populate_existing=True)
    known = (policy.table.name, name, work.actor.id, None, None)
    if file is None or known != (
        file.record, file.field, file.uploaded_by, file.record_id, file.released_at,
    ):  # fmt: skip
        return False
    file.record_id = row.id
    return True


def release(work: UnitOfWork, file_id: UUID) -> None:
    """Let go of a file that a row held; its content goes with the next sweep."""
    file = work.session.get(StoredFile, file_id)
    if file is not None:
        file.released_at = work.now
