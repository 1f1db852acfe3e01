"""Faults to plant in a generated project, and what its gate has to say about each."""

from __future__ import annotations

from tests.generated.making import UNMEASURED
from tests.generated.planting import Bite, Edit, append, both, first_import, migration, replace

DOMAINS = "src/app/domains"
PATIENTS = f"{DOMAINS}/patients"


def contract(name: str, plant: Edit, broken: str) -> Bite:
    """A forbidden import."""
    return Bite(f"imports: {name}", plant, "contracts", f"{broken} BROKEN")


CONTRACTS = (
    contract(
        "the platform knows a domain",
        first_import("src/app/platform/readings.py", "from app.domains.patients import policy"),
        "The whole is layered, and nothing stands beside the layers",
    ),
    contract(
        "a module beside the layers",
        append("src/app/utils.py", '"""Anything."""\n'),
        "The whole is layered, and nothing stands beside the layers",
    ),
    contract(
        "rules know the service above them",
        first_import(f"{PATIENTS}/rules.py", "from app.domains.patients import service"),
        "A domain is layered, and has no other parts",
    ),
    contract(
        "a service uses another domain's models",
        first_import(f"{PATIENTS}/service.py", "from app.domains.intakes import models"),
        "Domains know each other at most through a service",
    ),
    contract(
        "two services call each other",
        both(
            first_import(f"{PATIENTS}/service.py", "from app.domains.intakes import service as i"),
            first_import(
                f"{DOMAINS}/intakes/service.py", "from app.domains.patients import service"
            ),
        ),
        "Domains do not call each other in a circle",
    ),
    contract(
        "a router opens the repository",
        first_import(f"{PATIENTS}/router.py", "from app.domains.patients import repository"),
        "Only a domain's service opens its repository",
    ),
    contract(
        "a service knows the database library",
        first_import(f"{PATIENTS}/service.py", "import sqlalchemy"),
        "Services, rules and policies know neither web nor database library",
    ),
    contract(
        "a page opens a repository",
        first_import(
            "src/app/platform/console/rows.py", "from app.platform.repository import Repository"
        ),
        "Pages reach rows through services",
    ),
)

UNRULED = """

@router.get("/{id:uuid}/unruled")
def unruled(request: Request, id: UUID) -> Response:
    \"\"\"Answer whoever asks.\"\"\"
    return gone()
"""
SHORTCUT = """

def shortcut(work: UnitOfWork, row: Entity) -> None:
    \"\"\"Remove a row past every service.\"\"\"
    work.session.delete(row)
"""
ARCHITECTURE = f"{UNMEASURED} tests/architecture"
A_MODEL = f"{PATIENTS}/models.py"
A_COLUMN = '    on_hold: Mapped[c.YesNo] = c.field("internal")\n'

TESTS = (
    Bite(
        "a page works past the services",
        append("src/app/platform/console/rows.py", SHORTCUT),
        "tests",
        r"rows\.py:\d+ work\.session",
        ARCHITECTURE,
    ),
    Bite(
        "a route without a rule",
        append(f"{PATIENTS}/router.py", UNRULED),
        "tests",
        r"GET /api/v1/patients/\{id:uuid\}/unruled",
        ARCHITECTURE,
    ),
    Bite(
        "an unclassified column",
        replace(A_MODEL, A_COLUMN, f"{A_COLUMN}    hat_size: Mapped[int | None]\n"),
        "tests",
        r"patients\.hat_size",
        ARCHITECTURE,
    ),
    Bite(
        "a policy that grants more than the blueprint",
        replace(f"{PATIENTS}/policy.py", '"therapist": ["see",', '"therapist": ["add", "see",'),
        "tests",
        r"FAILED .*test_adding_is_for_those_who_were_granted_it\[therapist\]",
        f"{UNMEASURED} tests/domains/test_patients.py",
    ),
    Bite(
        "a policy that grants less than the blueprint",
        replace(f"{PATIENTS}/policy.py", '"therapist": ["see",', '"therapist": ['),
        "tests",
        r"FAILED .*test_seeing_is_for_those_who_were_granted_it\[therapist\]",
        f"{UNMEASURED} tests/domains/test_patients.py",
    ),
)

MIGRATIONS = (
    Bite(
        "a column without its migration",
        replace(
            A_MODEL,
            A_COLUMN,
            f'{A_COLUMN}    hats: Mapped[c.Integer | None] = c.field("internal")\n',
        ),
        "migrations",
        r"New upgrade operations detected.*add_column.*hats",
    ),
    Bite(
        "a limit without its migration",
        replace(f"{DOMAINS}/practices/models.py", "max=200", "max=300"),
        "migrations",
        r"New upgrade operations detected.*ck_name_max_",
    ),
    Bite(
        "a record whose changes are not noted",
        migration("DROP TRIGGER platform_changes ON patients"),
        "migrations",
        r"New upgrade operations detected.*guard.*patients",
    ),
    Bite(
        "a record that is not kept apart any more",
        migration("DROP POLICY platform_tenant ON patients"),
        "migrations",
        r"New upgrade operations detected.*guard.*platform_separate.*patients",
    ),
    Bite(
        "a migration that cannot be run",
        migration("ALTER TABLE hats ADD COLUMN size integer"),
        "migrations",
        r'relation "hats" does not exist',
    ),
    Bite(
        "a migration that locks",
        migration("CREATE INDEX planted ON patients (first_language)"),
        "migration-sql",
        r"require-concurrent-index-creation(?s:.*)locks or loses",
    ),
    Bite(
        "a migration that loses",
        migration("ALTER TABLE patients DROP COLUMN first_language"),
        "migration-sql",
        r"ban-drop-column(?s:.*)locks or loses",
    ),
)

A_KEY = "AKIA" + "Q7ZP4M2XN8T6R5WK"  # made up, and in two parts so that nobody takes it for one
DANGEROUS = """
on: pull_request_target
jobs:
  planted:
    runs-on: ubuntu-24.04
    steps:
      - run: echo ${{ github.event.pull_request.title }}
"""

STATIC = (
    Bite(
        "a lock that does not fit",
        replace("pyproject.toml", '  "typer>=0.29",\n', '  "typer>=0.29",\n  "rich>=14",\n'),
        "lock",
        r"lockfile.*needs to be updated",
    ),
    Bite(
        "an unformatted file",
        append("src/app/main.py", "x = {  'a':1 }\n"),
        "format",
        r"unformatted: (?s:.*)src/app/main\.py",
    ),
    Bite(
        "a name that is not used",
        first_import("src/app/main.py", "import json"),
        "lint",
        r"F401 .*`json` imported but unused",
    ),
    Bite(
        "a generated file changed by hand",
        append("src/app/registry.py", "EXTRA = 1\n"),
        "generated",
        r"Changed by hand: src/app/registry\.py",
    ),
    Bite(
        "a statement built from text",
        append("src/app/main.py", "\n\ndef run(code: str) -> None:\n    exec(code)\n"),
        "security",
        r"B102:exec_used",
    ),
    Bite(
        "a secret in code",
        append("src/app/main.py", f'\nKEY = "{A_KEY}"\n'),
        "secrets",
        r"AWS Access Key(?s:.*)src/app/main\.py",
    ),
    Bite(
        "a dangerous workflow",
        append(".github/workflows/planted.yml", f"name: planted\n{DANGEROUS}"),
        "workflows",
        r"error\[dangerous-triggers\](?s:.*)error\[template-injection\]",
    ),
    Bite(
        "a type that does not fit",
        append("src/app/main.py", '\nCOUNT: int = "three"\n'),
        "types",
        r"src/app/main\.py:\d+: error: Incompatible types in assignment",
    ),
)

ALL = (*STATIC, *CONTRACTS, *MIGRATIONS, *TESTS)
LATER = {
    "a module beside the layers",
    "a policy that grants less than the blueprint",
    "a limit without its migration",
    "a migration that cannot be run",
    "a migration that loses",
}
MORE_BITES = tuple(bite for bite in ALL if bite.name.removeprefix("imports: ") in LATER)
BITES = tuple(bite for bite in ALL if bite not in MORE_BITES)
"""Each step bites at least once here; what takes long and shows the same is in MORE_BITES."""
