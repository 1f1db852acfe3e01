"""Any JSON, as far as a database and other readers can take it."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from typing_extensions import TypeAliasType

from app.platform.forms import ANYTHING

DEEPEST = 50
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any, depth: int = 0) -> Any:
    """Refuse JSON that a database or another reader could not take.

    That is what is nested too deep, numbers that are not finite, NUL and halves of characters.
    """
    if depth > DEEPEST:
        raise ValueError(f"must not be nested deeper than {DEEPEST} levels")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must hold finite numbers only")
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ValueError("must hold whole characters only, and no NUL")
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    for item in inner if isinstance(inner, list) else ():
        storable(item, depth + 1)
    return value


Whole = Annotated[str, StringConstraints(pattern=ANYTHING)]
Named = Field(json_schema_extra={"propertyNames": {"pattern": ANYTHING}})
JsonValue = TypeAliasType(
    "JsonValue",
    "bool | int | float | Whole | list[JsonValue] | Annotated[dict[str, JsonValue], Named] | None",
)
"""Pydantic has one too, but describes it as anything: no text and no name holds a NUL."""
Json = Annotated[JsonValue, BeforeValidator(storable)]
