"""People who sign in, and their rows among the records."""

from __future__ import annotations

import pytest

from app.platform import values as v
from app.platform.access import POLICIES, Policy
from app.platform.db import Session, new_id
from app.platform.errors import Forbidden
from app.platform.identity import accounts
from app.platform.identity.actor import Actor
from app.platform.identity.models import Principal
from app.platform.identity.people import let_go, make_person, required
from app.platform.keeping import Keep, finish
from app.platform.limits import refuse_own_limits
from app.platform.schemas import In
from dev.samples import Samples, entity_of
from tests.platform.data.things import Shelf, Tag
from tests.platform.data.working import begin


@pytest.fixture
def principal(session: Session) -> Principal:
    return accounts.principal_for(session, "zoe@example.com")


class Loose(In):
    """Takes what it knows, and leaves out the rest."""

    model_config = {"extra": "ignore"}
    name: v.Text = v.text(max=20)


def test_a_person_gets_a_row_once(session: Session, principal: Principal) -> None:
    assert make_person(session, principal, Tag, Loose)
    assert make_person(session, principal, Tag, Loose)
    row = session.get_one(Tag, principal.id)
    assert (row.name, row.created_by) == ("zoe", principal.id)


def test_where_more_has_to_be_known_there_is_no_row(session: Session, principal: Principal) -> None:
    class Picky(Loose):
        age: v.Integer

    assert not make_person(session, principal, Tag, Picky)
    assert not make_person(session, principal, Shelf, Loose)
    assert session.get(Tag, principal.id) is None


def test_a_program_without_a_login_gets_none(session: Session) -> None:
    nameless = Principal(id=new_id(), kind="software", login=None, roles=[])
    assert not make_person(session, nameless, Tag, Loose)


def test_a_row_cannot_do_without_these() -> None:
    assert required(Shelf) == {"id", "label", "room"}
    assert required(Tag) == {"id", "name"}


def test_nobody_changes_what_rules_read_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POLICIES, Tag.__tablename__, POLICIES[Tag.__tablename__])
    policy = Policy(Tag, limits=["name"])
    own, another = Tag(id=new_id(), name="low"), Tag(id=new_id(), name="low")
    somebody = Actor(own.id, frozenset(), {})
    with pytest.raises(Forbidden) as refused:
        refuse_own_limits(somebody, policy, own, {"name": "high"})
    assert refused.value.code == "own_limit"
    refuse_own_limits(somebody, policy, own, {"name": "low"})
    refuse_own_limits(somebody, policy, another, {"name": "high"})


def test_who_is_let_go_signs_in_no_more(session: Session, samples: Samples) -> None:
    person = samples.person()
    let_go(session, person)
    assert session.get_one(Principal, person).disabled_at is not None


def test_who_is_erased_when_their_time_is_over_cannot_sign_in_again(
    session: Session, samples: Samples
) -> None:
    person, users = samples.person(), entity_of("users")
    rule = Keep("1 year", "archived", "erase")
    finish(begin(session, person), session.get_one(users, person), rule)
    assert session.get(users, person) is None
    assert session.get_one(Principal, person).login is None
