"""The words of the blueprint language. Lists here are append-only: a stored word stays legal."""

from __future__ import annotations

TEXT_TYPES = ("text", "long_text", "email", "phone", "url")
NUMBER_TYPES = ("integer", "decimal", "money", "percent")
MOMENT_TYPES = ("date", "time", "datetime", "duration")
PLAIN_TYPES = (*TEXT_TYPES, *NUMBER_TYPES, *MOMENT_TYPES, "yes_no", "file", "json", "uuid")
FIELD_TYPES = (*PLAIN_TYPES, "choice", "record")

VERBS = ("add", "see", "change", "archive", "export", "unmask")
SCOPED_VERBS = ("see", "change", "archive", "export", "unmask", "add")

FILE_TYPES = (
    "bmp", "csv", "docx", "dwg", "gif", "heic", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "odp",
    "ods", "odt", "pdf", "png", "pptx", "tif", "tiff", "txt", "wav", "webp", "xlsx", "zip",
)  # fmt: skip
"""What generated projects tell by a file's content; a test holds it equal to theirs."""

FINDINGS = (
    "approved-amount-editable",  # an approved amount that can still be edited
    "raises-own-limit",  # someone who can raise their own limit
    "approval-after-offer",  # an approval that comes after the customer has the offer
    "field-nobody-sees",
    "field-nobody-sets",
    "sees-but-never-finds",  # a role that can see but never find
    "date-triggers-nothing",
    "total-not-sum",  # a total that is not the sum of its lines
    "record-nobody-adds",
    "adds-but-cannot-see",
    "stage-without-way-in",
    "stage-without-way-out",
    "duties-one-person",  # separation of duties that one person can walk around
    "personal-without-keep",  # personal data without a keeping rule
    "sealed-but-searched",  # sealed fields that people must search
    "calculated-tells",  # a value worked out from one that is kept from whoever sees it
)
"""What `scaffold read` asks about; `intended: [code]` answers."""
