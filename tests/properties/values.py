"""Values of each type of field, and the bounds that hold them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from tests.properties.words import chance, prose

Block = dict[str, Any]

PATTERNS = {
    "[A-Z]{2}-[0-9]+": "VX-204",
    "[0-9]{3} ?[0-9]{2}": "123 45",
    r"\d{4}": "2026",
    "[\"'a]+": "a'\"",
    r"(ab|cd)\.[a-z]*": "ab.x",
    r"[^:]+:x\\": "y:x\\",
    "%s:x": "%s:x",
}
TEXTS = ("text", "long_text", "email", "phone", "url")
NUMBERS = ("integer", "decimal", "money", "percent")
MOMENTS = ("date", "time", "datetime", "duration")
SPANS = (
    "30 minutes",
    "1 hour",
    "36 hours",
    "2 days",
    "3 weeks",
    "5 years",
    "2 months",
    "45 seconds",
)
LONG_SPANS = ("P1Y2M3W4D", "PT1H30M", "P1DT2H3M4S", "PT90S", "P1DT12H")
SHORT = 200
LENGTHS = {"date": 10, "time": 5, "datetime": 16}
PLACES = {"money": 2, "percent": 4}


def value(r: Random, type_: str, block: Block) -> Any:
    """A value within the bounds of the field's block."""
    if type_ in TEXTS:
        return _text(r, type_, block)
    if type_ in NUMBERS:
        return _number(r, type_, block)
    if type_ in MOMENTS:
        return block.get("min") or block.get("max") or _moment(r, type_)
    if type_ == "json":
        found = json_value(r)
        return {} if found is None else found
    plain = {
        "yes_no": chance(r, 0.5),
        "uuid": str(UUID(int=r.getrandbits(128))),
    }
    return plain[type_]


def _text(r: Random, type_: str, block: Block) -> str:
    if "pattern" in block:
        return PATTERNS[block["pattern"]]
    usual = {
        "email": f"a.b+{r.randint(1, 99)}@ex-ample.com",
        "phone": f"+46 70 {r.randint(100, 999)}",
        "url": f"https://example.com/{r.randint(1, 99)}?a=b&c=%20'",
    }
    if type_ in usual:
        return usual[type_]
    text = prose(r, SHORT)[: block.get("max", SHORT)].strip() or "x"
    return text.ljust(block.get("min", 0), "x")


def _number(r: Random, type_: str, block: Block) -> int | Decimal:
    ends: list[int | Decimal] = [block[key] for key in ("min", "max") if key in block]
    return r.choice(ends) if ends else _amount(r, type_, block)


def _amount(r: Random, type_: str, block: Block) -> int | Decimal:
    whole = r.choice((0, 1, -1, 7, 100, -2500, 99_999))
    if type_ == "integer":
        return r.choice((whole, 2**53 - 1, -(2**53) + 1, 2**31))
    places: int = PLACES.get(type_) or block.get("places", 2)
    if places == 0 or chance(r, 0.5):
        return whole
    fraction = str(r.randint(1, 10**places - 1)).zfill(places)
    return Decimal(f"{whole}.{fraction}")


def _moment(r: Random, type_: str) -> str:
    day = (date(1950, 1, 1) + timedelta(days=r.randint(0, 50_000))).isoformat()
    clock = f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}" + r.choice(("", ":30"))
    zone = r.choice(("", "Z", "+02:00", "-11:30"))
    return {
        "date": day,
        "time": clock,
        "datetime": f"{day}{r.choice('T ')}{clock}{zone}",
        "duration": r.choice((*SPANS, *LONG_SPANS)),
    }[type_]


def json_value(r: Random, depth: int = 0) -> Any:
    """JSON of any shape, a few levels deep."""
    plain = (None, True, 0, -3, 1.5, 1e-7, prose(r, 40), "")
    if depth > 2 or chance(r, 0.4):
        return r.choice(plain)
    if chance(r, 0.5):
        return [json_value(r, depth + 1) for _ in range(r.randint(0, 4))]
    return {prose(r, 20): json_value(r, depth + 1) for _ in range(r.randint(0, 4))}


def bounds(r: Random, type_: str, block: Block) -> Block:
    """What bounds a field of this type says: keys of its block."""
    if type_ in ("email", "phone", "url"):
        return {"max": r.choice((60, 100))} if chance(r, 0.3) else {}
    if type_ in TEXTS:
        return _lengths(r, type_)
    ends = _ends(r, type_, block)
    if not ends:
        return {}
    said = {"min": ends[0]} if chance(r, 0.6) else {}
    return said | ({"max": ends[-1]} if chance(r, 0.5) else {})


def _ends(r: Random, type_: str, block: Block) -> list[Any]:
    """Two values, or a few, the least first."""
    if type_ in NUMBERS:
        return sorted({_amount(r, type_, block), _amount(r, type_, block)})
    if type_ == "duration":
        return ["30 minutes", "2 days", "5 years"]
    if type_ not in MOMENTS:
        return []
    zone = r.choice(("", "Z", "+02:00")) if type_ == "datetime" else ""
    moments = (_moment(r, type_)[: LENGTHS[type_]].replace(" ", "T") for _ in range(2))
    return [f"{moment}{zone}" for moment in sorted(moments)]


def _lengths(r: Random, type_: str) -> Block:
    if type_ == "text" and chance(r, 0.25):
        return {"pattern": r.choice(list(PATTERNS))}
    least = r.choice((0, 1, 3, 20, 300))
    said = {"min": least} if chance(r, 0.4) else {}
    short = type_ == "text" and least > SHORT  # more than a text may have that says no `max`
    return said | ({"max": least + r.choice((5, 50, 1000))} if short or chance(r, 0.4) else {})
