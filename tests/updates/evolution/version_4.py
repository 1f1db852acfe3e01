"""In the middle of a split: a boiler and its place say the same address."""

from __future__ import annotations

from tests.updates.edits import Edit
from tests.updates.evolution.anchors import (
    AFTER_MODELS,
    BRIDGE,
    CALLER,
    CONFLICT,
    DOMAINS,
    ON_ADD,
    ON_CHANGE,
    SITES,
    WORK,
)

BETWEEN = (
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
)
"""What has its time between the two steps, and goes with the second."""

WRITTEN = (
    *BETWEEN,
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
