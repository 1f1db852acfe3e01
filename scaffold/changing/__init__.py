"""What differs between the blueprint that a project was made from and the one that is wanted."""

from __future__ import annotations

from scaffold.changing.change import ASKS, BREAKS, SAFE, Change
from scaffold.changing.whole import differences

__all__ = ["ASKS", "BREAKS", "SAFE", "Change", "differences"]
