"""Inviting the people of one customer, where a system keeps its customers apart."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

import pytest

from app.platform.db import Session, new_id
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from dev.samples import Samples
from tests.platform.conftest import LOGIN, Run

EVE = "eve@example.com"


@pytest.fixture
def customer(samples: Samples, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A customer, which is one also where the system separates none."""
    found = samples.tenant or new_id()
    admin = import_module("app.cli.admin")  # the package has a command of that name
    monkeypatch.setattr(admin, "is_customer", lambda _session, tenant_id: tenant_id == found)
    return found


def test_an_invitation_says_among_whose_people_somebody_is(
    run: Run, session: Session, customer: UUID
) -> None:
    said = run("admin", "invite", EVE, "--role", "office", "--tenant", str(customer))
    assert said.code == 0, said.err
    eve = accounts.find(session, EVE)
    assert eve is not None
    assert (eve.tenant__id, eve.roles) == (customer, ["office"])
    again = run("admin", "invite", EVE, "--role", "technician")
    assert (again.code, eve.tenant__id) == (0, customer)


def test_an_id_that_no_customer_has_is_refused(run: Run, session: Session, customer: UUID) -> None:
    said = run("admin", "invite", EVE, "--role", "office", "--tenant", str(new_id()))
    assert (said.code, said.out) == (1, "")
    assert "keeps apart no customer with the id" in said.err
    assert accounts.find(session, EVE) is None


def test_nobody_moves_from_one_customer_to_another(
    run: Run, customer: UUID, ana: Principal
) -> None:
    before = ana.tenant__id
    said = run("admin", "invite", LOGIN, "--role", "office", "--tenant", str(new_id()))
    assert (said.code, said.out) == (1, "")
    assert "nobody moves to" in said.err
    assert (ana.tenant__id, ana.roles) == (before, [])
