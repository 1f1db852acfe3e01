"""Numbers of a series: no two are the same, however many are given at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from anyio import to_thread
from anyio.from_thread import BlockingPortal
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.platform.db import Database
from app.platform.http.access import may
from app.platform.http.shell import Shell
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.platform.numbers import next_number
from app.platform.work import unit_of_work
from tests.calling import application
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Shelves
from tests.platform.data.working import Begin, shelf

AT_ONCE = 50
LETTERS = "abcdefghij"

router = APIRouter()


@router.post("/try/{series}", status_code=201, dependencies=may("try_shelves:add"))
def add(request: Request, series: str, body: s.ShelfCreate) -> Response:
    """Add a shelf, with a number of the series."""
    with unit_of_work(request) as work:
        rows = Shelves(work)
        row = rows.build(body)
        number = next_number(work, series, "P-00001", gapless=series == "gapless")
        return JSONResponse({"number": number, "label": rows.add(row).label}, 201)


@pytest.fixture
def many(
    own_database: Database, portal: BlockingPortal, browse: Callable[[Shell], TestClient]
) -> Iterator[TestClient]:
    """Somebody signed in where so many requests are answered at once, on connections of their own."""
    with own_database.session() as session:
        principal = accounts.principal_for(session, "fifty@example.com")
        accounts.set_roles(session, principal, ["keeper"])
        token = sessions.begin(session, principal.id)
        session.commit()
    url = own_database.engine.url.render_as_string(hide_password=False)
    limiter = portal.call(to_thread.current_default_thread_limiter)
    before = limiter.total_tokens
    with application(router) as shell, closing(Database(url, AT_ONCE)) as database:
        built, shell.api.state.database = shell.api.state.database, database
        portal.call(setattr, limiter, "total_tokens", AT_ONCE)
        client = browse(shell)
        client.cookies.set(cookie_name(), token)
        yield client
        portal.call(setattr, limiter, "total_tokens", before)
        shell.api.state.database = built


def name(series: str, count: int) -> str:
    return f"{series} {LETTERS[count // 10]}{LETTERS[count % 10]}"


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("series", ["gapless", "quick"])
def test_fifty_requests_at_once_are_answered_with_fifty_numbers(
    many: TestClient, series: str
) -> None:
    together = threading.Barrier(AT_ONCE)

    def send(count: int) -> tuple[int, str]:
        together.wait()
        answer = many.post(f"/try/{series}", json={"label": name(series, count), "room": "north"})
        return answer.status_code, answer.json().get("number", answer.text)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = list(pool.map(send, range(AT_ONCE)))
    wanted = [(201, f"P-{count:05d}") for count in range(1, AT_ONCE + 1)]
    assert sorted(given) == wanted  # nobody failed, so no series has a gap


def test_gapless_numbers_have_neither_gaps_nor_doubles(committed: Begin) -> None:
    def add(count: int) -> str | None:
        work = committed("keeper")
        with work.session:
            number = next_number(work, "parallel", "P-00001", gapless=True)
            shelf(work, name("shelf", count))
            if count % 5 == 0:
                return None  # the work fails, and its number is given again
            work.session.commit()
            return number

    with ThreadPoolExecutor(10) as pool:
        given = [number for number in pool.map(add, range(50)) if number]
    assert sorted(given) == [f"P-{count:05d}" for count in range(1, 41)]


def test_where_a_gap_may_be_left_nobody_waits_for_who_has_a_number(committed: Begin) -> None:
    first, second, third = committed("keeper"), committed("keeper"), committed("keeper")
    with first.session, second.session, third.session:
        assert next_number(first, "open", "O-1") == "O-1"
        second.session.execute(text("SET LOCAL lock_timeout = '2s'"))
        assert next_number(second, "open", "O-1") == "O-2"
        first.session.rollback()
        assert next_number(third, "open", "O-1") == "O-3"  # the first one is lost


def test_without_gaps_one_waits_for_the_other(committed: Begin) -> None:
    first, second = committed("keeper"), committed("keeper")
    with first.session, second.session:
        assert next_number(first, "closed", "C-1", gapless=True) == "C-1"
        second.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            next_number(second, "closed", "C-1", gapless=True)
        first.session.rollback()
        second.session.rollback()
        assert next_number(second, "closed", "C-1", gapless=True) == "C-1"


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("J-00001", ["J-00001", "J-00002"]),
        ("INV-{year}-0100", ["INV-2026-0100", "INV-2026-0101"]),
        ("9", ["9", "10"]),
        ("{year}7", ["20267", "20268"]),
    ],
)
def test_a_series_is_written_as_its_first_number(
    work: Begin, form: str, numbers: list[str]
) -> None:
    keeper = work("keeper")
    assert [next_number(keeper, "series", form) for _ in numbers] == numbers


def test_a_series_begins_again_each_year_where_the_system_is(work: Begin) -> None:
    keeper = work("keeper")
    numbers = [next_number(keeper, "yearly", "Y-{year}-01")]
    late = keeper.now.replace(year=keeper.now.year + 1)
    later = work("keeper", now=late)
    numbers += [next_number(later, "yearly", "Y-{year}-01"), next_number(later, "all", "A-1")]
    numbers += [next_number(keeper, "all", "A-1"), next_number(keeper, "yearly", "Y-{year}-01")]
    assert numbers == ["Y-2026-01", "Y-2027-01", "A-1", "A-2", "Y-2026-02"]


@pytest.mark.parametrize("form", ["", "J-", "J-{year}-", "1-J"])
def test_a_series_without_a_first_number_is_refused(work: Begin, form: str) -> None:
    with pytest.raises(ValueError, match="ends in digits"):
        next_number(work("keeper"), "series", form)
