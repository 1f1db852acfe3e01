"""Columns that point to a row of another table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import MappedColumn, mapped_column

ON_DELETE = {"refuse": "RESTRICT", "delete_too": "CASCADE", "leave_blank": "SET NULL"}
"""What becomes of a row when the one that it points to is deleted."""


def pointing(
    table: str, on_delete: str, info: dict[str, Any], *, apart: bool, primary_key: bool = False
) -> MappedColumn[Any]:
    """Declare a foreign key; with `apart`, `constraints` makes one that names the customer too."""
    if apart:
        return mapped_column(primary_key=primary_key, info=info | {"within": (table, on_delete)})
    target = ForeignKey(f"{table}.id", ondelete=on_delete or None)
    return mapped_column(target, primary_key=primary_key, info=info)
