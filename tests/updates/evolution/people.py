"""What people write into the project before each update; together with the old lines it works."""

from __future__ import annotations

from tests.updates.edits import Edit

DOMAINS = "src/app/domains"
AFTER_MODELS = r"from app\.domains\.{}\.models import \w+\n"
ON_ADD = r'def on_add\(.*\) -> None:\n    """.*"""\n'
ON_MOVE = r'def on_move\(.*\) -> None:\n    """.*"""\n'
ON_CHANGE = r'def on_change\(.*\) -> None:\n    """.*"""\n'
SITES = "from app.domains.sites import service as sites\n"
BRIDGE = """    row.site_id = sites.keep_up(
        work, row.site_id, row.client_id, row.street, row.postcode, row.entry
    )
"""
WORK = r"from app\.platform\.work import UnitOfWork\n"
CONFLICT = "from app.platform.errors import Conflict\n"
CALLER = "from tests.calling import Caller\n"

IN_VERSION_1 = (
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

IN_VERSION_2 = (
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

IN_VERSION_3 = (
    Edit(
        f"{DOMAINS}/visits/service.py",
        '''

def stuck(work: UnitOfWork) -> PageOfRows[Visit]:
    """Give those that wait for a part."""
    return VisitRows(work).list(VisitQuery(stage="waiting"))
''',
    ),
    Edit(
        f"{DOMAINS}/depots/rules.py",
        """    if row.name == "Nowhere":
        raise Conflict("A depot is somewhere.")
""",
        anchor=ON_ADD,
    ),
    Edit(f"{DOMAINS}/depots/rules.py", CONFLICT, AFTER_MODELS.format("depots")),
    Edit("src/app/workflows/__init__.py", '"""Use cases of ours."""\n'),
    Edit(
        "src/app/workflows/stuck.py",
        '''"""What waits for a part, for the screen in the warehouse."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.domains.visits import service as visits
from app.platform.http.access import may
from app.platform.work import unit_of_work

router = APIRouter()


@router.get("/stuck", dependencies=may("visits:see"))
def stuck(request: Request) -> dict[str, int]:
    """Tell how many visits wait for a part."""
    with unit_of_work(request) as work:
        return {"stuck": len(visits.stuck(work).rows)}
''',
    ),
    Edit(
        "src/app/main.py",
        '    api.include_router(stuck_router, prefix="/api/v1")\n',
        anchor=r"    for router in ROUTERS:\n(?:        api\.include_router\(.*\)\n)+",
    ),
    Edit(
        "src/app/main.py",
        "from app.workflows.stuck import router as stuck_router\n",
        anchor="from app.settings import Settings, settings, use\n",
    ),
    Edit(
        "tests/rules/test_stuck.py",
        '''"""What the screen in the warehouse shows."""

from __future__ import annotations

from tests.calling import Caller


def test_what_waits_is_counted(everyone: Caller) -> None:
    before = everyone.get("/api/v1/stuck").json()["stuck"]
    everyone.samples.make("visits", stage="waiting")
    assert everyone.get("/api/v1/stuck").json()["stuck"] == before + 1


def test_a_depot_is_somewhere(everyone: Caller) -> None:
    body = everyone.samples.body("depots") | {"name": "Nowhere"}
    assert everyone.post("/api/v1/depots", body).status_code == 409
''',
    ),
)

IN_VERSION_4 = (
    Edit(
        f"{DOMAINS}/sites/service.py",
        '''

def keep_up(
    work: UnitOfWork,
    id: UUID | None,
    client_id: UUID,
    street: str,
    postcode: str,
    entry: str | None,
) -> UUID:
    """Give the place of a boiler, as the boiler says it while both have an address."""
    if id is None:
        named = {"client_id": client_id, "street": street, "postcode": postcode, "entry": entry}
        return add(work, SiteCreate.model_validate(named)).id
    rows = SiteRows(work)
    row = rows.get(id, "change")
    row.street, row.postcode, row.entry = street, postcode, entry
    return rows.save(row).id
''',
    ),
    Edit(f"{DOMAINS}/boilers/rules.py", BRIDGE, anchor=ON_ADD),
    Edit(f"{DOMAINS}/boilers/rules.py", BRIDGE, anchor=ON_CHANGE),
    Edit(f"{DOMAINS}/boilers/rules.py", SITES, AFTER_MODELS.format("boilers")),
    Edit(
        "tests/rules/test_addresses.py",
        '''"""A boiler and its place say the same address."""

from __future__ import annotations

from tests.calling import Caller


def test_a_new_boiler_has_a_place(everyone: Caller) -> None:
    body = everyone.samples.full_body("boilers", site_id=None, street="Storgatan 1")
    row = everyone.post("/api/v1/boilers", body).json()
    place = f"/api/v1/sites/{row['site_id']}"
    assert everyone.get(place).json()["street"] == "Storgatan 1"
    everyone.patch(f"/api/v1/boilers/{row['id']}", {"street": "Storgatan 2"})
    assert everyone.get(place).json()["street"] == "Storgatan 2"
''',
    ),
    Edit(
        f"{DOMAINS}/contracts/rules.py",
        """    if row.fee > LARGEST:
        raise Conflict("That is a mistake in typing.")
""",
        anchor=ON_ADD,
    ),
    Edit(f"{DOMAINS}/contracts/rules.py", CONFLICT, AFTER_MODELS.format("contracts")),
    Edit(f"{DOMAINS}/contracts/rules.py", "\nLARGEST = 100_000\n", anchor=WORK),
    Edit(
        "tests/domains/test_contracts.py",
        """
    def test_a_fee_with_too_many_digits_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        assert everyone.post(home, body | {"fee": "100001"}).status_code == 409
""",
    ),
    Edit("tests/domains/test_contracts.py", CALLER, AFTER_MODELS.format("contracts")),
)

BEFORE = {2: IN_VERSION_1, 3: IN_VERSION_2, 4: IN_VERSION_3, 5: IN_VERSION_4}
"""What was written in the version before each."""
