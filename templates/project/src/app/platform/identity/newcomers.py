"""What is done with whoever is new here: the registry says it, and each way of getting in does it."""

from __future__ import annotations

from collections.abc import Callable

from app.platform.db import Session
from app.platform.identity.models import Principal

AddPerson = Callable[[Session, Principal], None]
"""Gives a person a row among the records, unless more has to be known about them first."""

ADD_PERSON: list[AddPerson] = []


def register_newcomers(add_person: AddPerson) -> None:
    """Let this be done with newcomers."""
    ADD_PERSON[:] = [add_person]


def greet(session: Session, principal: Principal) -> None:
    """Do with somebody what is done with newcomers; whom it was done with before, it leaves alone."""
    for add_person in ADD_PERSON:
        add_person(session, principal)
