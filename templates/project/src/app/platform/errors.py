"""What can go wrong in a way that a caller is told about.

Problem                        status  code
├── Unauthenticated            401     unauthenticated
├── SignInFailed               401     sign_in_failed, of a sign-in that was under way
├── Forbidden                  403     forbidden
├── NotFound                   404     not_found
├── Conflict                   409     conflict (or the code that is given)
├── PreconditionFailed         412     changed_meanwhile
├── TooLarge                   413     too_large
├── Invalid                    422     invalid, with one FieldError a field
├── PreconditionRequired       428     precondition_required
├── TooMany                    429     too_many_requests, with Retry-After
└── Unreachable                503     unreachable

The texts reach the caller as they are: they never carry a value that was typed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault in what was sent: `field` is a path such as `lines.0.amount`."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """Ends a request with `status` and a problem document.

    `title` names the kind of problem, `detail` says what to do about this one, `headers`
    are added to the answer.
    """

    status: ClassVar[int] = 500
    code: str = "internal_error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.code = code or self.code
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


class Unauthenticated(Problem):
    """Nobody is signed in, or what was shown to sign in is not right."""

    status = 401
    code = "unauthenticated"
    title = "Sign in first"

    def __init__(self, detail: str = "", *, code: str | None = None) -> None:
        super().__init__(detail, code=code, headers={"WWW-Authenticate": "Session"})


class SignInFailed(Problem):
    """A sign-in that was under way came to nothing."""

    status = 401
    code = "sign_in_failed"
    title = "You are not signed in"


class Forbidden(Problem):
    """The caller is known and may not do this."""

    status = 403
    code = "forbidden"
    title = "You may not do this"


class NotFound(Problem):
    """There is no such thing, or the caller may not see it: the answer is the same."""

    status = 404
    code = "not_found"
    title = "There is nothing here"


class Conflict(Problem):
    """What is asked does not fit the state that things are in."""

    status = 409
    code = "conflict"
    title = "This does not fit what is there"


class PreconditionFailed(Problem):
    """The record was changed by someone else since the caller read it."""

    status = 412
    code = "changed_meanwhile"
    title = "Someone changed this meanwhile"


class TooLarge(Problem):
    """More was sent than is taken."""

    status = 413
    code = "too_large"
    title = "This is too large"


class Invalid(Problem):
    """What was sent cannot be accepted; `errors` names the fields."""

    status = 422
    code = "invalid"
    title = "Some of this cannot be accepted"


class PreconditionRequired(Problem):
    """A change must say, with If-Match, which version it changes."""

    status = 428
    code = "precondition_required"
    title = "Say which version you change"


class TooMany(Problem):
    """Too many tries in a short time; `retry_after` is in seconds."""

    status = 429
    code = "too_many_requests"
    title = "Too many tries"

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(max(1, retry_after))})


class Unreachable(Problem):
    """Another system that this needs does not answer."""

    status = 503
    code = "unreachable"
    title = "Something that this needs does not answer"
