"""What people write into a generated project, and what later versions bring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.commands.world import commit, run_git

CLIENTS = "src/app/domains/clients"
FOLDER = "src/app/domains/{% yield record from model.records %}{{ record.id }}{% endyield %}"


@dataclass(frozen=True, slots=True)
class Edit:
    """New text in a file: after the pattern `anchor`, or at the end of a file, which may be new."""

    path: str
    text: str
    anchor: str = ""

    def make(self, root: Path) -> None:
        """Write it."""
        file = root / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        found = re.search(self.anchor or r"\Z", before)
        assert found, f"{self.path} does not hold {self.anchor!r}"
        after = before[: found.end()] + self.text + before[found.end() :]
        file.write_text(after, encoding="utf-8")

    def survives(self, root: Path) -> bool:
        """Whether the file still holds it."""
        return self.text in (root / self.path).read_text(encoding="utf-8")


THEIRS = {
    "a service function": Edit(
        f"{CLIENTS}/service.py",
        '''

def numbered(work: UnitOfWork, number: str) -> PageOfRows[Client]:
    """Give those with this number."""
    return ClientRows(work).list(ClientQuery(number=number))
''',
    ),
    "a route": Edit(
        f"{CLIENTS}/router.py",
        '''

@router.get(
    "/numbered/{number}",
    response_model=Page[s.ClientItem],
    dependencies=may("clients:see"),
)
def numbered(request: Request, number: str) -> Response:
    """List those with this number."""
    with unit_of_work(request) as work:
        return page(work, s.ClientItem, service.numbered(work, number))
''',
    ),
    "a rule": Edit(
        f"{CLIENTS}/rules.py",
        """    if row.name == "Nobody":
        raise Conflict("Nobody is nobody's client.")
""",
        anchor=r'def on_add\(.*\) -> None:\n    """.*"""\n',
    ),
    "what the rule needs": Edit(
        f"{CLIENTS}/rules.py",
        "from app.platform.errors import Conflict\n",
        anchor="from app.domains.clients.models import Client\n",
    ),
    "a test": Edit(
        "tests/domains/test_clients.py",
        """
    def test_a_client_is_found_by_its_number(self, everyone: Caller) -> None:
        row = self.row(everyone)
        assert everyone.get(f"/api/v1/clients/numbered/{row.number}").json()["items"]
        assert everyone.get("/api/v1/nothing").status_code == 200

    def test_nobody_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        assert everyone.post(home, body | {"name": "Nobody"}).status_code == 409
""",
    ),
    "what the test needs": Edit(
        "tests/domains/test_clients.py",
        "from tests.calling import Caller\n",
        anchor="from app.domains.clients.models import Client\n",
    ),
    "a setting": Edit(
        "src/app/settings/__init__.py",
        """
    reminder_days: int = Field(
        default=7, ge=1, description="People are reminded so many days before a date."
    )""",
        anchor=r"The longest request body that is read\.\"\n    \)",
    ),
    "a line of the README": Edit("README.md", "\nAsk in the workshop's channel first.\n"),
    "a target of the Makefile": Edit("Makefile", "\nhello: ## Say hello\n\t@echo hello\n"),
    "a use case": Edit(
        "src/app/workflows/nothing.py",
        '''"""A use case across records."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from app.platform.http.access import Access
from app.platform.work import unit_of_work

router = APIRouter()


@router.get("/nothing", dependencies=[Depends(Access("clients:see"))])
def nothing(request: Request) -> dict[str, str]:
    """Tell the date."""
    with unit_of_work(request) as work:
        return {"today": work.today.isoformat()}
''',
    ),
    "the package of use cases": Edit("src/app/workflows/__init__.py", '"""Ours."""\n'),
    "a router of one's own": Edit(
        "src/app/main.py",
        '    api.include_router(nothing_router, prefix="/api/v1")\n',
        anchor=r"    for router in ROUTERS:\n(?:        api\.include_router\(.*\)\n)+",
    ),
    "what the router needs": Edit(
        "src/app/main.py",
        "from app.workflows.nothing import router as nothing_router\n",
        anchor="from app.ways import API, PAGES\n",
    ),
}
"""Edits in the places where people typically make them; together they work."""

BLUEPRINT = (
    Edit("blueprint.yml", "      fax: optional phone\n", anchor="      website: optional url\n"),
    Edit(
        "blueprint.yml",
        "      floors: {is: integer, default: 1, min: 1}\n",
        anchor=r"      timber: \[ash, beech, oak\]\n",
    ),
    Edit("blueprint.yml", ", elm", anchor=r"      timber: \[ash, beech, oak"),
    Edit(
        "blueprint.yml",
        """
  Supplier:
    about: Whom we buy timber from.
    fields:
      name: {is: text, unique: true}
      favourite_of: many Client
    may:
      director: [add, see, change, archive]
""",
        anchor="\nrecords:\n",
    ),
)
"""A field that may be empty, one that may not, one more choice, and a record."""

TEMPLATE = (
    Edit(f"{FOLDER}/service.py.jinja", " Nothing here commits.", anchor=r'\A"""[^"\n]+'),
    Edit(f"{FOLDER}/router.py.jinja", " They hold no rules.", anchor=r'\A"""[^"\n]+'),
    Edit("src/app/main.py", " Each process has one.", anchor=r'\A"""[^"\n]+'),
    Edit("README.md.jinja", "Since version 1.1: nothing else is needed.\n\n", anchor="\n\n"),
    Edit("Makefile", "\n# Since version 1.1.", anchor=r"\A# .*"),
    Edit("docs/new.md", "# New since version 1.1\n"),
)
"""What the next version of the template says elsewhere in the same files, and in one more."""


def release(template: Path, tag: str, *edits: Edit) -> None:
    """A new version of the template."""
    for edit in edits:
        edit.make(template / "templates" / "project")
    commit(template, tag)
    run_git("tag", tag, at=template)
