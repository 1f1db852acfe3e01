"""What is wrong with what was sent, in words that help whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.platform import forms

IN_OUR_WORDS = {
    "union_tag_invalid": "Input should be one of the documented values",
    "string_pattern_mismatch": "This has not the form that is documented",
    "model_attributes_type": "Send a JSON object, with Content-Type: application/json",
}
"""Faults whose own message quotes what was sent, or says nothing to people."""


BY_PATTERN = {
    forms.EMAIL: "Write an e-mail address, such as ana@example.com",
    forms.PHONE: "Write a phone number, such as +46 70 123 45 67",
    forms.URL: "Write a web address, such as https://example.com",
    forms.NOT_BLANK: "Write something more than spaces",
}
"""What texts of a known form look like."""


def worded(fault: Mapping[str, Any]) -> str:
    """Give what Pydantic found, in our words where its own do not do."""
    pattern = fault.get("ctx", {}).get("pattern")
    plain: str = fault["msg"].removeprefix("Value error, ")
    return BY_PATTERN.get(pattern) or IN_OUR_WORDS.get(fault["type"], plain)
