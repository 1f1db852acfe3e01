"""The sections of a blueprint about people and running: identity, support, delivery; spans."""

from __future__ import annotations

from dataclasses import dataclass, field

_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_592_000,
    "year": 31_536_000,
}
UNITS = tuple(_SECONDS)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as people say it: 30 minutes, 7 years. `unit` is singular."""

    amount: int
    unit: str

    @property
    def seconds(self) -> int:
        """Its length in seconds; a month counts as 30 days, a year as 365."""
        return self.amount * _SECONDS[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Link:
    """What somebody without an account may see and do by a link, and for how long."""

    shows: tuple[str, ...]
    moves: tuple[str, ...]
    expires: Span


@dataclass(frozen=True, slots=True)
class Keep:
    """How long after what (`archived` or a field), then `erase` or `remove_names`."""

    for_: Span
    after: str
    then: str
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """An amount in the first currency, per month or year."""

    amount: int
    per: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs in, and how."""

    staff: str = "microsoft"
    customers: str = "none"
    sign_up: str = "invited"
    software: str = "none"
    devices: tuple[str, ...] = ("own_computer",)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who is called first: who is team, partner, founder or nobody_yet."""

    who: str = "nobody_yet"
    name: str | None = None
    contact: str | None = None
    code_owners: str | None = None


def _respond() -> dict[str, Span]:
    return {
        "everyone_stuck": Span(4, "hour"),
        "someone_stuck": Span(1, "day"),
        "question": Span(2, "day"),
    }


@dataclass(frozen=True, slots=True)
class Support:
    """Who answers, when, and how fast. `until` is an ISO date; `may_be_down` is a month's."""

    first: Contact = Contact()
    stand_in: str | None = None
    until: str | None = None
    hours: str = "business"
    after_hours: str = "wait"
    respond: dict[str, Span] = field(default_factory=_respond)
    may_be_down: Span = Span(4, "hour")
    may_lose: Span = Span(1, "hour")
    pays: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where it is built and where it runs."""

    ci: str = "github"
    run_on: str = "compose"
    budget: Budget | None = None


@dataclass(frozen=True, slots=True)
class WhyBuild:
    """What it replaces, and why it is not bought."""

    instead_of: tuple[str, ...]
    because: str | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An "I don't know": about what, who finds out, by when (an ISO date)."""

    about: str
    who: str
    by: str
