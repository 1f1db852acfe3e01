"""A field-service company's system over five versions, with people working in code and data.

Before each update people have written code, and rows have come in through the API. After it no
line of theirs is lost, every row is there with what it held, and the project's gate is green.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scaffold.commands import new
from scaffold.source import Source
from tests.commands.world import commit
from tests.generated.making import UNMEASURED, make_whole_template
from tests.updates.evolution.company import Company
from tests.updates.evolution.people import BEFORE
from tests.updates.evolution.splitting import split
from tests.updates.evolution.versions import FIRST, NEW_WORDS, REWORDED, lost_rows
from tests.updates.working import working_in

pytestmark = pytest.mark.full
STATIC = ("format", "lint", "generated", "contracts", "types", "migrations", "migration-sql")


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
    company: Company, capsys: pytest.CaptureFixture[str], version: int
) -> None:
    company.write(*BEFORE[version])
    company.make("migrate")
    if version == 5:
        split(company)
    company.work(version)
    before = company.rows()
    company.want(version)
    capsys.readouterr()
    rest = company.update()
    told = capsys.readouterr().err
    print(told)
    assert company.lost() == []
    company.reword(told, NEW_WORDS[version])
    if rest:
        company.make("migration", f"NAME=version {version}")
        print(company.make("prove"))
    company.make("migrate")
    after = company.rows()
    assert lost_rows(before, after, REWORDED[version]) == []
    assert company.lost() == []
    commit(company.project, f"version {version}")
    tests = " ".join(company.tests())
    print(company.check(*STATIC, "tests", narrowed=f"{UNMEASURED} {tests} -k \"costs or listed or wait or refused or bill or stuck or place or somewhere\""))
