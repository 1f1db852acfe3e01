"""Every error that Solidground raises on purpose.

SolidgroundError                exit code
├── InputError                  1   what somebody wrote cannot be used
│   └── BlueprintError          1   a blueprint has faults (scaffold.blueprint.faults)
├── UsageError                  2   a command was called in a way it does not take
├── TemplateError               4   the template refused to render
└── ConflictError               5   conflicts, or work that a person has to do

Code 0 means fine, 3 a bug of ours, 130 an interruption.
"""

from __future__ import annotations

from typing import ClassVar

FINE = 0
OUR_BUG = 3
INTERRUPTED = 130


class SolidgroundError(Exception):
    """Something a person can put right; the hint says how.

    `message` is one or more lines of plain text; `hint` is what to do next, or None.
    """

    exit_code: ClassVar[int] = OUR_BUG

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\nhint: {self.hint}"


class InputError(SolidgroundError):
    """A file or an answer cannot be used as it is."""

    exit_code = 1


class UsageError(SolidgroundError):
    """A command, option or argument does not fit."""

    exit_code = 2


class TemplateError(SolidgroundError):
    """The template refused to render."""

    exit_code = 4


class ConflictError(SolidgroundError):
    """There are conflicts, or work is left for a person."""

    exit_code = 5
