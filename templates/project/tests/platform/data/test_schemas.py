"""What a request left out is told from what it emptied."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.platform import values as v
from app.platform.schemas import In, given, sent


class Change(In):
    """A field of each sort: needed, with a default, and one that may be left out."""

    name: v.Text = v.text(max=5)
    size: v.Integer = v.whole(default=1)
    note: v.Text | None = v.text(max=5, default=v.KEEP)


def test_what_was_left_out_is_told_from_what_was_emptied() -> None:
    assert given(Change(name="a")) == {"name": "a", "size": 1}
    assert given(Change(name="a", note=None)) == {"name": "a", "size": 1, "note": None}
    assert sent(Change(name="a")) == {"name": "a"}
    assert sent(Change(name="a", note=None)) == {"name": "a", "note": None}
    with pytest.raises(ValidationError):
        Change.model_validate({"name": "a", "surprise": 1})
