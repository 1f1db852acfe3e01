"""The forms that add and change rows: what they show, and what is wrong with what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response
from pydantic import ValidationError

from app.platform.console.choosing import options_of
from app.platform.console.fields import Field
from app.platform.console.kinds import FILE
from app.platform.console.pages import page
from app.platform.console.screens import Screen
from app.platform.console.typed import Typed
from app.platform.errors import Invalid, Problem
from app.platform.http.problems import faults
from app.platform.work import UnitOfWork

SPOKEN = {
    "Must be text such as P1DT2H": "Write it such as 1d 2h 30min",
    "Must be text such as 12.50": "Must be a number such as 12.50",
    "Must be text such as 01890a5d-ac96-774b-bcce-b302099a8057": "Must be an id, the whole of it",
    "This should be a valid integer": "Must be a whole number",
    "This has not the form that is documented": "This is not written as it has to be here",
    "Must hold finite numbers only": "This is no JSON; a text stands in double quotes",
}
"""What is said of values that people type otherwise than programs send them."""

SUBJECT = re.compile(r"^(Input|String|Decimal input|Value|List|UUID input)(?= should)")


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is shown: its fields, what stands in them, and what was wrong with that.

    `theirs` is what somebody else typed meanwhile; `hidden` goes with the form and is not shown.
    `mark` tells its controls from those of other forms on the same page.
    """

    title: str
    action: str
    back: str
    fields: Sequence[Field]
    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""

    @property
    def elsewhere(self) -> dict[str, str]:
        """What is wrong with fields that the form does not show."""
        shown = {one.name for one in self.fields}
        return {name: text for name, text in self.errors.items() if name not in shown}


def form_page(
    request: Request, work: UnitOfWork, screen: Screen, form: Form, status: int = 200
) -> Response:
    """Answer with a form."""
    return page(
        request,
        "form",
        work,
        status,
        screen=screen,
        form=form,
        options=options_of(work, form.fields, form.typed),
        multipart=any(one.kind is FILE for one in form.fields),
    )


def settable(work: UnitOfWork, screen: Screen, fields: Sequence[Field]) -> list[Field]:
    """Give the fields that the actor may set."""
    allowed = screen.policy.set_by
    return [one for one in fields if allowed.get(one.name, work.actor.roles) & work.actor.roles]


def checked(schema: type[Any], sent: Mapping[str, Any]) -> Any:
    """Give the body that was sent; raises Invalid with what is wrong in each field."""
    try:
        return schema.model_validate(sent)
    except ValidationError as error:
        found = faults(error.errors())
        raise Invalid("Some of this cannot be kept as it is.", errors=found) from None


def errors_of(problem: Problem) -> dict[str, str]:
    """Give what is wrong with each field."""
    return {error.field.partition(".")[0]: worded(error.message) for error in problem.errors}


def worded(message: str) -> str:
    """Give what is wrong with a field as a sentence for people."""
    said = SUBJECT.sub("This", message).removesuffix(".")
    said = f"{said[:1].upper()}{said[1:]}"
    return f"{SPOKEN.get(said, said)}."
