"""What the database refuses, in words for the caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.platform.constraints import RULES, Rule
from app.platform.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    PreconditionFailed,
    Problem,
)

MEANINGS: tuple[tuple[type[pg.Error], type[Problem], str, str], ...] = (
    (pg.UniqueViolation, Conflict, "taken", "There already is one with the same {fields}."),
    (
        pg.ForeignKeyViolation,
        Conflict,
        "in_use",
        "Something else points to this, or what it points to is gone ({fields}).",
    ),
    (
        pg.RestrictViolation,  # what PostgreSQL 18 says where 17 said ForeignKeyViolation
        Conflict,
        "in_use",
        "Something else points to this, or what it points to is gone ({fields}).",
    ),
    (pg.CheckViolation, Conflict, "out_of_bounds", "A value breaks the rule {fields}."),
    (pg.DataError, Invalid, "unstorable", "A value cannot be stored."),
    (pg.SerializationFailure, Conflict, "busy", "Someone else was faster: try again."),
    (pg.DeadlockDetected, Conflict, "busy", "Someone else was faster: try again."),
    (pg.LockNotAvailable, Conflict, "busy", "Someone else is at it: try again."),
)


ENDS_IN_A_DIGEST = re.compile(r"_[0-9a-f]{8}$")


@contextmanager
def as_problem() -> Iterator[None]:
    """Turn what the database refuses inside the block into a Problem; the rest passes through."""
    try:
        yield
    except StaleDataError as error:
        raise PreconditionFailed("Someone else changed it meanwhile: read it again.") from error
    except DBAPIError as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error


def problem_of(error: DBAPIError) -> Problem | None:
    """Give the problem that a database error means to the caller; None if it is our own fault."""
    if isinstance(error.orig, pg.InsufficientPrivilege) and of_policy(error.orig):
        return Forbidden("It is not of the customer whose people you are among.", code="apart")
    for kind, problem, code, words in MEANINGS:
        if isinstance(error.orig, kind):
            said = error.orig.diag
            rule = RULES.get((said.table_name or "", said.constraint_name or ""))
            if rule is not None:
                return refusal([rule])
            return problem(words.format(fields=fields_of(error.orig)), code=code)
    return None


def refusal(rules: Sequence[Rule]) -> Problem:
    """Give the problem that rows break these checks: each message once for each of its fields.

    It is a conflict, because each value is allowed by itself: what else the row holds, it or its
    whole, makes it wrong.
    """
    errors = [FieldError(name, "check", rule.message) for rule in rules for name in rule.fields]
    return Conflict(" ".join(rule.message for rule in rules), code="check", errors=errors)


def of_policy(error: Any) -> bool:
    """Whether a policy of row-level security refused a row; whatever language it says so in."""
    found: bool = error.diag.source_function == "ExecWithCheckOptions"
    return found


def fields_of(error: Any) -> str:
    """Name the fields of a broken constraint, never their values."""
    name: str = error.diag.constraint_name or "given"
    table = error.diag.table_name or ""
    if name == f"pk_{table}":
        return "id"
    for prefix in (f"uq__{table}__", "fk_", "ck_"):
        name = name.removeprefix(prefix)
    return ENDS_IN_A_DIGEST.sub("", name).removesuffix("_digest").replace("__", " and ")
