"""Once housing companies are clients: boilers of one of them, and bills of theirs."""

from __future__ import annotations

from tests.updates.edits import Edit
from tests.updates.evolution.anchors import AFTER_MODELS, CALLER, CONFLICT, DOMAINS, ON_MOVE, WORK

WRITTEN = (
    Edit(
        f"{DOMAINS}/boilers/service.py",
        '''

def of_client(work: UnitOfWork, client_id: UUID) -> PageOfRows[Boiler]:
    """Give those of one client."""
    return BoilerRows(work).list(BoilerQuery(client_id=client_id))
''',
    ),
    Edit(
        f"{DOMAINS}/boilers/router.py",
        '''

@router.get(
    "/of/{client_id:uuid}", response_model=Page[s.BoilerItem], dependencies=may("boilers:see")
)
def of_client(request: Request, client_id: UUID) -> Response:
    """List those of one client."""
    with unit_of_work(request) as work:
        return page(work, s.BoilerItem, service.of_client(work, client_id))
''',
    ),
    Edit(
        "tests/domains/test_boilers.py",
        """
    def test_those_of_a_client_are_listed(self, everyone: Caller) -> None:
        row = everyone.samples.make("boilers")
        found = everyone.get(f"/api/v1/boilers/of/{row.client_id}").json()["items"]
        assert [item["id"] for item in found] == [str(row.id)]
""",
    ),
    Edit("tests/domains/test_boilers.py", CALLER, AFTER_MODELS.format("boilers")),
    Edit(
        f"{DOMAINS}/bills/rules.py",
        """    if move == "send" and row.net > LARGEST:
        raise Conflict("The owner sends that one.")
""",
        anchor=ON_MOVE,
    ),
    Edit(f"{DOMAINS}/bills/rules.py", CONFLICT, AFTER_MODELS.format("bills")),
    Edit(f"{DOMAINS}/bills/rules.py", "\nLARGEST = 900_000\n", anchor=WORK),
    Edit(
        "tests/rules/test_large_bills.py",
        '''"""Rules of ours about bills."""

from __future__ import annotations

from decimal import Decimal

from tests.calling import Caller


def test_a_large_bill_is_not_sent(everyone: Caller) -> None:
    row = everyone.samples.make("bills", net=Decimal(900001))
    assert everyone.post(f"/api/v1/bills/{row.id}/send", None).status_code == 409
''',
    ),
)
