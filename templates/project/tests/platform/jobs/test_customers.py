"""What jobs do to rows of several customers: to each customer's, as if there were no other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.platform import keeping
from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Database, Session, new_id
from app.platform.files import store, sweep
from app.platform.files.models import StoredFile
from app.platform.jobs import clock, worker
from app.platform.jobs.clock import ClockMove
from app.platform.jobs.system import ForCustomer, in_turn, system_work
from app.platform.keeping import Keep
from app.platform.messages import mail
from app.platform.messages.models import Message
from app.platform.messages.recipients import pointed_to
from app.platform.workflow import Moved
from app.settings import Settings, use
from dev.samples import Samples
from tests.platform.jobs.cards import Card
from tests.platform.jobs.letters import Desk

DAY = dt.date(2019, 3, 1)
LATER = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def customers(database: Database, monkeypatch: pytest.MonkeyPatch) -> dict[UUID, UUID]:
    """Two customers, each with the one card that is theirs."""
    separated_by = SEPARATED_BY or "users"
    for module in (clock, keeping, sweep):
        monkeypatch.setattr(module, "in_turn", partial(in_turn, separated_by=separated_by))
    with database.session() as session:
        samples = Samples(session)
        found = [samples.begin() or samples.make("users").id for _ in range(2)]
        session.commit()
    return {customer: written(database, customer) for customer in found}


def written(database: Database, customer: UUID) -> UUID:
    """Write a card of a customer."""
    with database.session() as session:
        act_as(session, None, "a test", customer)
        card = Card(address=f"{customer}@example.com", ends_on=DAY, stage="open")
        session.add(card)
        session.flush()
        key: UUID = card.id
        session.commit()
    return key


def whose(session: Session) -> list[set[UUID | None]]:
    """Give the customers whom the notes of the system name, among those that are seen."""
    noted = (Moved.tenant__id, Message.tenant__id, ClockMove.tenant__id)
    return [set(session.scalars(select(one))) for one in noted]


def test_the_clock_moves_the_rows_of_each_customer(
    database: Database, customers: dict[UUID, UUID]
) -> None:
    clock.strike(database, LATER)
    for customer, key in customers.items():
        with system_work(ForCustomer(database, customer), "try:it") as work:
            assert work.session.get_one(Card, key).stage == "over"
            for found in whose(work.session):
                assert customer in found
                assert SEPARATED_BY is None or found == {customer}


def test_each_customers_messages_are_sent(
    database: Database, customers: dict[UUID, UUID], folder: Path, chosen: Settings
) -> None:
    clock.strike(database, LATER)
    assert worker.run(chosen, once=True)
    for customer in customers:
        with system_work(ForCustomer(database, customer), "try:it") as work:
            mine = select(Message.outcome).where(Message.tenant__id == customer)
            assert work.session.scalars(mine).all() == ["sent"]
    box = mail.mailbox(chosen.mail_folder or folder)
    assert {letter["To"] for letter in box} == {f"{one}@example.com" for one in customers}


def test_rows_of_each_customer_are_kept_so_long(
    database: Database, customers: dict[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "RULES", {"try_cards": Keep("7 years", "ends_on", "erase", "")})
    assert keeping.keep(database, LATER)["try_cards"] == Counter(erase=len(customers))
    for customer in customers:
        with system_work(ForCustomer(database, customer), "try:it") as work:
            assert work.session.scalar(select(func.count()).select_from(Card)) == 0


def test_the_sweep_leaves_what_rows_of_any_customer_hold(
    database: Database, customers: dict[UUID, UUID], chosen: Settings, folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    use(chosen.model_copy(update={"files_folder": folder}))
    monkeypatch.setattr(sweep, "KEPT", -dt.timedelta(hours=1))
    told = {"record": "try_cards", "field": "photo", "name": "a.txt", "media_type": "text/plain"}
    for customer, key in customers.items():
        with system_work(ForCustomer(database, customer), "try:it") as work:
            file = StoredFile(**told, size=1, store_key=store.new_key(), sealed=False)
            file.record_id, file.uploaded_at, file.tenant__id = key, LATER, customer
            work.session.add(file)
            store.put(file.store_key, [b"x"])
    store.put(store.new_key(), [b"nobody's"])
    assert sweep.sweep(database) == 1
    for customer in customers:
        with system_work(ForCustomer(database, customer), "try:it") as work:
            files = work.session.scalars(select(StoredFile)).all()
        assert customer in {file.tenant__id for file in files}
        assert SEPARATED_BY is None or len(files) == 1
        assert {b"".join(store.pieces_of(file.store_key)) for file in files} == {b"x"}


def test_whoever_is_not_there_for_the_work_is_not_told(database: Database) -> None:
    with database.session() as session:
        assert pointed_to(session, Desk(clerk_id=new_id()), "clerk") == []
