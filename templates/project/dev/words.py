"""Words for believable examples."""

from __future__ import annotations

import random

from app.platform import forms

PEOPLE = (
    "Ana Lindqvist",
    "Ben Okafor",
    "Carla Reyes",
    "Dmitri Sokolov",
    "Emma Hale",
    "Farid Nasser",
)
FIRMS = ("Harbor Bakery", "Pine Street Dental", "Lakeside School", "Corner Books", "Mill Road Inn")
STREETS = ("12 Mill Road", "4 Harbor Lane", "88 Pine Street", "3 Station Square", "27 Orchard Way")
CITIES = ("Springfield", "Riverton", "Lakeside", "Fairview", "Ashford")
SENTENCES = (
    "Call before coming, the bell does not work.",
    "Was here last spring; same trouble as before.",
    "Wants it done before the holidays.",
    "Everything as agreed on the phone.",
)
THINGS = ("First floor", "Back office", "Main entrance", "Spare set", "Annual service", "Repair")

TITLES = ("name", "title", "label")
"""Fields that say what a row is called."""

BY_NAME = (
    (("street", "address"), STREETS),
    (("city", "town"), CITIES),
    (("company", "firm"), FIRMS),
    (("person", "full_name", "contact"), PEOPLE),
    (("notes", "description", "reason", "comment", "message", "done"), SENTENCES),
)
BY_PATTERN = {
    forms.EMAIL: "person{count}@example.com",
    forms.PHONE: "+1 555 {count:07d}",
    forms.URL: "https://example.com/{count}",
}


def text_for(name: str, pattern: str | None, random: random.Random, count: int) -> str:
    """Give a text for a field of this name; `count` makes it one of its kind."""
    if pattern in BY_PATTERN:
        return BY_PATTERN[pattern].format(count=count)
    for parts, words in BY_NAME:
        if any(part in name for part in parts):
            return f"{random.choice(words)} {count}"
    if name.endswith("name"):
        return f"{random.choice(PEOPLE)} {count}"
    return f"{count} {random.choice(THINGS)}"
