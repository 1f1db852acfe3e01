"""How large the values of each type are, and how they are written: what generated APIs accept."""

from __future__ import annotations

import re

LARGEST = 2**53 - 1
"""The largest integer; beyond it JavaScript and many JSON readers lose digits."""
DIGITS = {"decimal": 16, "money": 16, "percent": 5}
"""How many digits a number has at most before its point."""
PLACES = {"money": 2, "percent": 4}
"""How many it has at most behind its point, where the blueprint has no say."""
USUAL_PLACES = 2
MOST_PLACES = 10
"""Of a decimal: unless it says `places`, and what those may be."""
DAY = 86_400
LONGEST_SPAN = 99_999
"""The most days of a duration."""
FIRST_YEAR, LAST_YEAR = 1000, 9998
"""Of a point in time, so that every time zone can tell it."""
SHORTEST = {"text": 1, "long_text": 1, "email": 5, "phone": 5, "url": 9}
LONGEST = {"text": 200, "long_text": 20_000, "email": 254, "phone": 32, "url": 2_000}
"""How many characters a text has at most that says no `max`."""
FORMS = {
    "email": re.compile(
        r"(?=.{5,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
        r"@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}"
    ),
    "phone": re.compile(r"[+0-9(][0-9 ().x/-]{4,31}"),
    "url": re.compile(r"https?://[!-~]{1,1990}"),
}
"""How a text of a type is written, the whole of it."""
ANYTHING = re.compile(r"[^\x00]*", re.DOTALL)
NOT_BLANK = re.compile(r"[^\x00]*[^\s\x00][^\x00]*", re.DOTALL)
"""What other texts are; only one with a `pattern` of its own may be blank."""
