"""Patterns of amounts within bounds, so that a JSON Schema says their least and most.

A schema compares numbers, but money travels as text. For `at_least("0.1")` the pattern takes
`0.1`, `0.10` and `7`, and refuses `0.09`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal


def at_least(low: Decimal, places: int, digits: int) -> str:
    """Give the pattern of the decimals that are not less."""
    if low > 0:
        return f"^({_not_less(low, places, digits)})$"
    anything = _any(places, digits)
    return f"^{anything}$" if low == 0 else f"^({anything}|-({_not_more(-low, places)}))$"


def at_most(high: Decimal, places: int, digits: int) -> str:
    """Give the pattern of the decimals that are not more."""
    if high < 0:
        return f"^-({_not_less(-high, places, digits)})$"
    return f"^(-{_any(places, digits)}|{_not_more(high, places)})$"


def beyond(text: str, *, up: bool) -> Iterator[str]:
    """Give the ways in which a text of the same form comes after this one, or before it.

    That is one way for each digit that may be the first to differ.
    """
    for at, digit in enumerate(text):
        if digit.isdigit() and digit != ("9" if up else "0"):
            others = f"[{int(digit) + 1}-9]" if up else f"[0-{int(digit) - 1}]"
            yield f"{text[:at]}{others}{re.sub('[0-9]', '[0-9]', text[at + 1 :])}"


def wholes(limit: int, digits: int, *, up: bool) -> Iterator[str]:
    """Give the patterns of whole numbers of so many digits that are greater, or smaller."""
    whole = str(limit)
    if not up:
        yield from _smaller(whole)
    elif len(whole) <= digits:
        yield from _greater(whole, digits)


def one_of(ways: Iterable[str]) -> str:
    """Give the pattern of a text that is one of these from its beginning to its end."""
    return f"^({'|'.join(ways)})$"


def _any(places: int, digits: int) -> str:
    return f"(0|[1-9][0-9]{{0,{digits - 1}}}){_tail(places)}"


def _not_less(low: Decimal, places: int, digits: int) -> str:
    """Give the alternatives for texts without a sign that are not less than a positive number."""
    whole, behind = _split(low)
    ways = [f"{way}{_tail(places)}" for way in _greater(whole, digits)]
    if behind:
        ways += [
            f"{whole}\\.{behind[:at]}[{int(digit) + 1}-9][0-9]{{0,{places - at - 1}}}"
            for at, digit in enumerate(behind)
            if digit != "9"
        ]
        ways.append(f"{whole}\\.{behind}[0-9]{{0,{places - len(behind)}}}")
    else:
        ways.append(f"{whole}{_tail(places)}")
    return "|".join(ways)


def _not_more(high: Decimal, places: int) -> str:
    """Give the alternatives for texts without a sign that are not more than a number."""
    whole, behind = _split(high)
    ways = [f"{way}{_tail(places)}" for way in _smaller(whole)]
    for at, digit in enumerate(behind):
        if digit != "0":
            rest = places - at - 1
            ways.append(f"{whole}\\.{behind[:at]}[0-{int(digit) - 1}][0-9]{{0,{rest}}}")
        if at:
            ways.append(f"{whole}\\.{behind[:at]}")
    zeros = places - len(behind)
    if behind:
        ways += [whole, f"{whole}\\.{behind}0{{0,{zeros}}}"]
    else:
        ways.append(f"{whole}(\\.0{{1,{places}}})?" if places else whole)
    return "|".join(ways)


def _greater(whole: str, digits: int) -> Iterator[str]:
    """Give the patterns of the whole numbers that are greater."""
    if len(whole) < digits:
        yield f"[1-9][0-9]{{{len(whole)},{digits - 1}}}"
    for at, digit in enumerate(whole):
        if digit != "9":
            yield f"{whole[:at]}[{int(digit) + 1}-9][0-9]{{{len(whole) - at - 1}}}"


def _smaller(whole: str) -> Iterator[str]:
    """Give the patterns of the whole numbers that are smaller."""
    if len(whole) > 1:
        yield f"(0|[1-9][0-9]{{0,{len(whole) - 2}}})"
    for at, digit in enumerate(whole):
        least = 1 if at == 0 and len(whole) > 1 else 0
        if int(digit) > least:
            yield f"{whole[:at]}[{least}-{int(digit) - 1}][0-9]{{{len(whole) - at - 1}}}"


def _tail(places: int) -> str:
    return f"(\\.[0-9]{{1,{places}}})?" if places else ""


def _split(number: Decimal) -> tuple[str, str]:
    """Part a number into its whole digits and those behind the point, without zeros at the end."""
    whole, _, behind = f"{number:f}".partition(".")
    return whole, behind.rstrip("0")
