"""The patterns of dates, times and durations take what is within a bound."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from app.platform import forms, periods

CHANCE = random.Random(7)
DAY = dt.timedelta(days=1)
OFFSETS = ("+02:00", "-11:30", "+23:59", "-23:59", "-00:01")


def both(pattern: Callable[..., str], bound: str) -> Callable[[str], tuple[bool, bool]]:
    """Give what tells whether a text is below and above the bound, as the two patterns say."""
    below, above = (re.compile(pattern(bound, up=up)) for up in (False, True))
    return lambda text: (below.search(text) is not None, above.search(text) is not None)


@pytest.mark.parametrize("bound", ["1900-01-01", "2026-02-28", "2000-12-31", "0001-01-01"])
def test_dates(bound: str) -> None:
    days = [dt.date.fromordinal(CHANCE.randint(1, dt.date.max.toordinal())) for _ in range(1000)]
    said = both(periods.dates, bound)
    for day in [bound, *(day.isoformat() for day in days)]:
        assert said(day) == (day <= bound, day >= bound), day


@pytest.mark.parametrize("bound", ["08:00", "00:00", "23:59:59", "17:30:05", "09:59", "16:00:00"])
def test_times_of_day_with_and_without_seconds(bound: str) -> None:
    limit, said = dt.time.fromisoformat(bound), both(periods.clocks, bound)
    texts = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
    seconds = ("", ":00", ":00.0", ":04.9", ":05", ":05.000000", ":05.000001", ":06", ":59")
    for text in (text + second for text in texts for second in seconds):
        time = dt.time.fromisoformat(text)
        assert said(text) == (time <= limit, time >= limit), text


MOMENTS = ["2026-03-31T16:30:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]


def texts_around(limit: dt.datetime) -> list[str]:
    """Make points in time near to a limit and far from it, without an offset."""
    near = [1, 60, 3_600, 80_000, 86_400, 2 * 86_400, 400 * 86_400, 40_000 * 86_400]
    found = [limit]
    for seconds in (sign * CHANCE.randint(0, most) for most in near for sign in (1, -1) * 20):
        try:
            found.append(limit + dt.timedelta(seconds=seconds))
        except OverflowError:
            continue
    whole = [moment.replace(tzinfo=None).isoformat() for moment in found]
    return [*whole, *(f"{text}.000" for text in whole), *(f"{text}.25" for text in whole)]


@pytest.mark.parametrize("bound", MOMENTS)
def test_points_in_time_of_utc(bound: str) -> None:
    limit, said = forms.moment(bound), both(periods.moments, bound)
    for text in texts_around(limit):
        for zone in ("Z", "+00:00"):
            moment = forms.moment(text + zone)
            assert said(text + zone) == (moment <= limit, moment >= limit), text + zone


@pytest.mark.parametrize("bound", MOMENTS)
@pytest.mark.parametrize("up", [True, False])
def test_other_points_in_time_are_taken_only_within_and_at_the_latest_days_away(
    bound: str, up: bool
) -> None:
    limit, pattern, taken = forms.moment(bound), re.compile(periods.moments(bound, up=up)), 0
    for text in texts_around(limit):
        for offset in OFFSETS:
            try:
                moment = forms.moment(text + offset)
            except OverflowError:
                continue
            away = moment - limit if up else limit - moment
            if pattern.search(text + offset):
                taken += 1
                assert away > dt.timedelta(0)
            else:
                assert away < 3 * DAY
    assert taken or bound != MOMENTS[0]


def spans() -> list[str]:
    """Make durations of every form."""
    counts: list[tuple[str, Any]] = [("D", 400), ("H", 50), ("M", 130), ("S", 130)]
    found = [f"P{n}D" for n in range(0, 2_000, 7)]
    for _ in range(3000):
        days, *clock = (
            f"{CHANCE.randint(0, most)}{CHANCE.choice(['', '.5']) if unit == 'S' else ''}{unit}"
            if CHANCE.random() < 0.6
            else ""
            for unit, most in counts
        )
        found.append(f"P{days}" + ("T" + "".join(clock) if any(clock) else ""))
    found += [forms.span(dt.timedelta(seconds=CHANCE.randint(0, 10**7))) for _ in range(2000)]
    return [text for text in found if re.fullmatch(forms.DURATION, text)]


@pytest.mark.parametrize("bound", ["PT30M", "P2D", "P1DT5H", "PT90S", "PT1H30M", "P1825D", "PT0S"])
def test_durations(bound: str) -> None:
    limit = forms.duration(bound)
    patterns = [re.compile(periods.durations(bound, up=up)) for up in (True, False)]
    for text in [bound, forms.span(limit), *spans()]:
        value = forms.duration(text)
        for pattern, within in zip(patterns, (value >= limit, value <= limit), strict=True):
            if text == forms.span(value) or re.fullmatch(r"PT?[0-9]+[DHMS]", text):
                assert bool(pattern.search(text)) is within, (bound, text)
            else:  # a unit may run over: some are left out
                assert within or not pattern.search(text), (bound, text)


@pytest.mark.parametrize(("days", "text"), [(1, "P1D"), (0, "PT0S"), (-1, "-P1D")])
def test_differences_of_durations(days: int, text: str) -> None:
    assert forms.difference(dt.timedelta(days=days)) == text
