"""The first weeks: farms, loud numbers, dear parts and visits that cannot wait."""

from __future__ import annotations

from tests.updates.edits import Edit
from tests.updates.evolution.anchors import AFTER_MODELS, CALLER, CONFLICT, DOMAINS, ON_ADD, ON_MOVE

WRITTEN = (
    Edit(
        f"{DOMAINS}/households/service.py",
        '''

def farms(work: UnitOfWork) -> PageOfRows[Household]:
    """Give those whose home is a farm: the van needs chains there."""
    return HouseholdRows(work).list(HouseholdQuery(sort_of_home="farm"))
''',
    ),
    Edit(
        f"{DOMAINS}/households/router.py",
        '''

@router.get("/farms", response_model=Page[s.HouseholdItem], dependencies=may("households:see"))
def farms(request: Request) -> Response:
    """List those whose home is a farm."""
    with unit_of_work(request) as work:
        return page(work, s.HouseholdItem, service.farms(work))
''',
    ),
    Edit(
        f"{DOMAINS}/households/rules.py",
        """    if row.mobile.startswith("+1900"):
        raise Conflict("That number costs money.")
""",
        anchor=ON_ADD,
    ),
    Edit(f"{DOMAINS}/households/rules.py", CONFLICT, AFTER_MODELS.format("households")),
    Edit(
        "tests/domains/test_households.py",
        """
    def test_farms_are_listed(self, everyone: Caller) -> None:
        farm = everyone.samples.make("households", sort_of_home="farm")
        flat = everyone.samples.make("households", sort_of_home="flat")
        found = {item["id"] for item in everyone.get("/api/v1/households/farms").json()["items"]}
        assert str(farm.id) in found
        assert str(flat.id) not in found

    def test_a_number_that_costs_money_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        assert everyone.post(home, body | {"mobile": "+1900555010"}).status_code == 409
""",
    ),
    Edit("tests/domains/test_households.py", CALLER, AFTER_MODELS.format("households")),
    Edit(
        f"{DOMAINS}/spare_parts/service.py",
        """    if row.bought_for > row.price * 100:
        raise Conflict("The owner buys that one.")
""",
        anchor=r"    row = rows\.build\(data\)\n",
    ),
    Edit(
        f"{DOMAINS}/spare_parts/service.py",
        CONFLICT,
        r"from app\.domains\.spare_parts\.schemas import .*\n",
    ),
    Edit(
        "tests/domains/test_spare_parts.py",
        """
    def test_what_costs_too_much_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        dear = {"price": "1", "bought_for": "101"}
        assert everyone.post(home, body | dear).status_code == 409
""",
    ),
    Edit("tests/domains/test_spare_parts.py", CALLER, AFTER_MODELS.format("spare_parts")),
    Edit(
        f"{DOMAINS}/visits/service.py",
        '''

def pressing(work: UnitOfWork) -> PageOfRows[Visit]:
    """Give those that cannot wait."""
    return VisitRows(work).list(VisitQuery(urgency="high"))
''',
    ),
    Edit(
        f"{DOMAINS}/visits/router.py",
        '''

@router.get("/pressing", response_model=Page[s.VisitItem], dependencies=may("visits:see"))
def pressing(request: Request) -> Response:
    """List those that cannot wait."""
    with unit_of_work(request) as work:
        return page(work, s.VisitItem, service.pressing(work))
''',
    ),
    Edit(
        f"{DOMAINS}/visits/rules.py",
        """    if row.stage == "under_way" and row.urgency == "high" and row.report == "Done.":
        raise Conflict("Say more: people will ask about this one.")
""",
        anchor=ON_MOVE,
    ),
    Edit(f"{DOMAINS}/visits/rules.py", CONFLICT, AFTER_MODELS.format("visits")),
    Edit(
        "tests/domains/test_visits.py",
        """
    def test_what_cannot_wait_is_listed(self, everyone: Caller) -> None:
        row = everyone.samples.make("visits", urgency="high", planned_for=SOON)
        found = [item["id"] for item in everyone.get("/api/v1/visits/pressing").json()["items"]]
        assert str(row.id) in found

    def test_a_short_report_of_it_is_refused(self, everyone: Caller) -> None:
        said = {"urgency": "high", "planned_for": SOON, "report": "Done.", "stage": "under_way"}
        done = {"finished_on": SOON.date(), "took": dt.timedelta(hours=1)}
        mine = {"fitter_id": everyone.actor.id}
        row = everyone.samples.make("visits", **said, **done, **mine)
        assert everyone.post(f"/api/v1/visits/{row.id}/finish", None).status_code == 409
""",
    ),
    Edit(
        "tests/domains/test_visits.py",
        "\nSOON = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)\n",
        anchor=r"from tests\.telling import TellingTests\n",
    ),
    Edit(
        "tests/domains/test_visits.py",
        "import datetime as dt\n\n",
        anchor=r"from __future__ import annotations\n\n",
    ),
    Edit("tests/domains/test_visits.py", CALLER, r"from tests\.calculating import .*\n"),
)
