"""How much is taken in at once."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings

LARGEST_IMPORT = 50_000_000
"""What no setting goes beyond: a table is read in memory."""


class Limits(BaseSettings):
    """The limits of what people send."""

    import_limit_bytes: int = Field(
        default=5_000_000,
        ge=1_000,
        le=LARGEST_IMPORT,
        description="The largest table, CSV or .xlsx, that is taken in.",
    )
    import_lines: int = Field(
        default=2_000, ge=1, le=100_000, description="The most lines that are taken in at once."
    )
