"""A working day at Lindqvist Heating: four people take ten calls from the first word to the bill.

All of it is done with the pages, by clicks and keys. It is a test of the pages and the source of
their pictures; it needs the project of examples/field_service.yml with one person for each role.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from dev.calls import JOBS, PARTS, Job
from dev.person import Person

ROLES = ("dispatcher", "fitter", "cashier", "owner")
LIMIT, NEW_LIMIT = "10000", "40000"
LARGE_ONE, TWO_WRITE, TOO_LATE = 6, 2, 4
"""The jobs with too large an offer, with two who write at once, with a button pressed too late."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of the day, and the photo that is handed in."""

    dispatcher: Person
    fitter: Person
    cashier: Person
    owner: Person
    photo: Path


def work(crew: Crew) -> None:
    """Do the whole day."""
    prepare(crew)
    for number, job in enumerate(JOBS):
        call(crew, job)
        offer(crew, job, number)
        plan(crew, job)
        mend(crew, job, number)
        charge(crew, job, number)
    look_back(crew)


def prepare(crew: Crew) -> None:
    """The owner names the depot, says what is in stock, and how much may be offered."""
    owner = crew.owner
    owner.start()
    owner.to("Depots")
    owner.page.locator("tbody th a").first.click()
    owner.change(name="Södermalm", phone="+46 8 123 45 67")
    for code, (name, price) in PARTS.items():
        owner.add(
            "Spare parts", "spare part", code=code, name=name, price=price,
            bought_for=str(int(price) // 2), in_stock="12", currency="SEK",
        )  # fmt: skip
    owner.open("Users", "Maja Ek")
    owner.change(offer_limit=LIMIT, currency="SEK")


def call(crew: Crew, job: Job) -> None:
    """Somebody calls: the household, its boiler and the visit are written down."""
    desk = crew.dispatcher
    mail = f"{job.family.lower().encode('ascii', 'ignore').decode()}@example.com"
    desk.add(
        "Households", "household", family_name=job.family, sort_of_home="House", email=mail,
        mobile="+46 70 123 45 67",
    )  # fmt: skip
    desk.add(
        "Boilers", "boiler", household_id=job.family, label=f"Boiler of {job.family}",
        street=job.street, postcode="118 20", installed_in="2009", entry="Key under the red pot",
    )  # fmt: skip
    desk.add(
        "Visits", "visit", boiler_id=job.family, depot_id="Södermalm", summary=job.summary,
        offered=job.offered, currency="SEK",
    )  # fmt: skip


def offer(crew: Crew, job: Job, number: int) -> None:
    """The dispatcher offers; what is above the limit is refused until the owner raises it."""
    desk = crew.dispatcher
    if number == LARGE_ONE:
        expect(desk.page.get_by_role("button", name="Offer", exact=True)).to_be_disabled()
        desk.picture("offer-above-the-limit")
        crew.owner.open("Users", "Maja Ek")
        crew.owner.change(offer_limit=NEW_LIMIT)
        desk.open("Visits", job.summary)
    if number == TOO_LATE:
        crew.owner.open("Visits", job.summary)
        crew.owner.change(urgency="Low")
        desk.page.get_by_role("button", name="Offer", exact=True).click()
        desk.told("changed it meanwhile")
        desk.picture("button-came-too-late")
    desk.press("Offer")


def plan(crew: Crew, job: Job) -> None:
    """The dispatcher finds somebody and a time, and the household agrees."""
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    desk = crew.dispatcher
    desk.change(fitter_id="Erik Lund", planned_for=f"{tomorrow:%Y-%m-%d}T08:00")
    desk.press("Accept")


def mend(crew: Crew, job: Job, number: int) -> None:
    """The fitter drives out, on a phone: begins, fits a part, reports, and finishes."""
    phone = crew.fitter
    phone.start()
    phone.page.locator(".tasks a", has_text=job.summary).click()
    phone.picture("row-visits")
    phone.press("Begin")
    name, price = PARTS[job.part]
    phone.add_here("fitting", spare_part_id=name, quantity="2", unit_price=price)
    report = {"report": f"{name} replaced. Runs again.", "took": job.took}
    report |= {"finished_on": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"}
    if number == 0:
        phone.change(**report, photo=crew.photo)
        phone.press("Finish")
    elif number == TWO_WRITE:
        overtake(crew, job, report)
        phone.press("Finish")
    else:
        phone.press("Finish", **report)


def overtake(crew: Crew, job: Job, report: dict[str, str]) -> None:
    """The dispatcher saves while the fitter still writes; nothing of either is lost."""
    phone = crew.fitter
    phone.begin_change(**report, summary=f"{job.summary} again")
    crew.dispatcher.open("Visits", job.summary)
    crew.dispatcher.change(
        urgency="High", planned_for="2031-01-02T09:00", summary=f"{job.summary}, too"
    )
    phone.page.get_by_role("button", name="Save", exact=True).click()
    phone.told("Somebody else changed this meanwhile")
    phone.picture("conflict")
    phone.save("Saved.")
    expect(phone.page.locator(".facts dd", has_text="High")).to_be_visible()


def charge(crew: Crew, job: Job, number: int) -> None:
    """The cashier takes what is done, bills it and sends the bill; the first is paid at once."""
    till = crew.cashier
    till.start()
    till.page.locator(".tasks a", has_text=job.summary).first.click()
    till.press("Mark billed")
    net = int(job.offered)
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    till.add(
        "Bills", "bill", visit_id=job.summary, due_on=f"{due:%Y-%m-%d}", net=str(net),
        vat=str(net // 4), currency="SEK",
    )  # fmt: skip
    till.press("Send")
    if number == 0:
        till.press("Settle", paid_on=f"{dt.datetime.now(dt.UTC):%Y-%m-%d}")


def look_back(crew: Crew) -> None:
    """The owner looks at what came of it; somebody else tries what is not theirs."""
    owner = crew.owner
    owner.open("Visits", JOBS[0].summary)
    owner.picture("visit-in-the-end")
    owner.page.get_by_role("link", name="History").click()
    owner.picture("history")
    owner.to("Bills")
    owner.picture("bills-in-the-end")
    expect(owner.page.locator("tbody tr")).to_have_count(len(JOBS))
    crew.fitter.page.goto("/records/bills")
    crew.fitter.page.get_by_role("heading", level=1, name="You may not do this").wait_for()
    crew.fitter.picture("refused")
