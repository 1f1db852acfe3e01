"""A field-service company's system over five versions, with people working in code and data.

Before each update people have written code, and rows have come in through the API. After it no
line of theirs is lost, every row is there with what it held, and the project's gate is green.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from scaffold.commands import new
from scaffold.source import Source
from tests.commands.world import commit
from tests.conftest import TOOK
from tests.generated.making import UNMEASURED, make_whole_template
from tests.updates.evolution.company import Company
from tests.updates.evolution.people import BEFORE
from tests.updates.evolution.splitting import split
from tests.updates.evolution.versions import FIRST, REWORDED, lost_rows
from tests.updates.working import working_in

pytestmark = pytest.mark.full
STATIC = ("format", "lint", "generated", "contracts", "types", "migrations", "migration-sql")
LAST = max(BEFORE)
"""Its gate is run whole, and those of the others as far as people's own tests go."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The project of version 1 with a database of its own."""
    folder = tmp_path_factory.mktemp("company")
    template: Source = make_whole_template(folder / "template")
    project = folder / "project"
    assert new.run(project, FIRST, defaults=True, source=template) == 0
    with working_in(project, folder / "state" / ".dev"):
        yield Company(project)


@pytest.mark.parametrize("version", sorted(BEFORE))
def test_no_line_and_no_row_is_lost(
    company: Company,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
    version: int,
) -> None:
    began = time.monotonic()
    company.write(*BEFORE[version])
    company.make("migrate")
    if version == LAST:
        split(company)
    company.work(version)
    before = company.rows()
    company.want(version)
    capsys.readouterr()
    left = company.update()
    told = capsys.readouterr().err
    assert "on both sides" not in told
    assert company.lost() == []
    company.mend(version, told)
    if left:
        company.make("migration", f"NAME=version {version}")
        company.make("prove")
    company.make("migrate")
    assert lost_rows(before, company.rows(), REWORDED[version]) == []
    assert company.lost() == []
    commit(company.project, f"version {version}")
    if version == LAST:
        company.check()
    else:
        company.check(*STATIC, "tests", narrowed=f"{UNMEASURED} {' '.join(company.tests())}")
    seconds = time.monotonic() - began
    record_property(TOOK, f"version {version}: {seconds:.0f} s, {len(company.written)} edits kept")
