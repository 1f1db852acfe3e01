"""The history of a row, in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.platform.console.history import entry_of
from app.platform.console.kinds import Place
from app.platform.db import Session
from app.platform.schemas import ChangedField
from dev.samples import Samples
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.console.screens import TRIED
from tests.platform.data.things import Tag
from tests.platform.data.working import Begin, change, shelf


def test_the_history_says_who_did_what_in_words(
    as_somebody: AsSomebody, work: Begin, session: Session, samples: Samples
) -> None:
    keeper = work("keeper")
    row = shelf(keeper, "one", price="3", note="zoe-canary", height=7)
    other, tag = shelf(keeper, "two"), Tag(name="red")
    session.add(tag)
    session.flush()
    change(keeper, row, price="4.50", room="south", follows_id=other.id, tags=[str(tag.id)])
    row.note = "zoe-canary-2"
    session.commit()
    page = Read(as_somebody("watcher").get(f"{HOME}/{row.id}/history"))
    said = page.texts(".history strong")
    assert said == ["Changed", "Changed", "Changed", "Added"]
    assert str(tag.id) not in page.answer.text
    told = dict(zip(page.texts(".history dt"), page.texts(".history dd"), strict=True))
    assert "North" in page.texts(".history dd")
    assert "zoe-canary" not in page.answer.text
    assert told["Note"] == "changed"
    assert told["Price"].startswith("3.00")  # and the currency, where there is one alone
    assert "North → South" in page.texts(".history dd")
    assert "two" in page.texts(".history dd")
    assert "7" not in page.texts(".history dd")


def test_a_long_history_goes_on_in_pages(as_somebody: AsSomebody, work: Begin) -> None:
    row = shelf(work("keeper"), "one")
    for number in range(1, 52):
        change(work("keeper"), row, height=number)
    work("keeper").session.commit()
    web = as_somebody("keeper")
    first = Read(web.get(f"{HOME}/{row.id}/history"))
    assert len(first.page.select(".history li")) == 50
    last = Read(web.get(f"{HOME}/{row.id}/history{first.one('[rel=next]')['href']}"))
    assert len(last.page.select(".history li")) == 2
    assert web.get(f"{HOME}/{row.id}/history?after=x").status_code == 422


def test_what_was_written_by_another_model_is_told_as_it_is(
    as_somebody: AsSomebody, work: Begin
) -> None:
    row = shelf(work("keeper"), "one")
    row.more = {"a": 1}
    row.seen_on = None
    work("keeper").session.commit()
    page = Read(as_somebody("keeper").get(f"{HOME}/{row.id}/history"))
    assert '{ "a": 1 }' in page.texts(".history dd")


def test_a_value_that_its_field_does_not_take_any_more_is_told_as_it_was() -> None:
    changed = ChangedField(field="height", hidden=False, old="many", new=None)
    entry = entry_of(TRIED["try_shelves"], changed)
    assert entry.field is None
    assert entry.told({}, Place(ZoneInfo("UTC"))) == "many → nothing"
