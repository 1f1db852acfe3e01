"""Once visits may wait for parts: a screen for the warehouse."""

from __future__ import annotations

from tests.updates.edits import Edit
from tests.updates.evolution.anchors import AFTER_MODELS, CONFLICT, DOMAINS, ON_ADD

WRITTEN = (
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
        anchor="from app.ways import API, PAGES\n",
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
