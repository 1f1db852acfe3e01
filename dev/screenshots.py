"""`make screenshots`: generate a project, let people work with it, and keep what they saw."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev import working_day
from dev.browser import browser
from dev.person import Person, Pictures
from dev.projects import ROOT, generate
from dev.serving import answering, free_port, inside, staffed
from dev.walking import page_of, walk

EXAMPLE = ROOT / "examples" / "field_service.yml"
ROWS = 12


def main() -> int:
    """0 when all pictures are there."""
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("--blueprint", type=Path, required=True)
    parser.add_argument("--dir", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(options.blueprint.resolve(), project)
        take = day if options.blueprint.resolve() == EXAMPLE else tour
        number = take(project, options.dir)
    print(f"{number} pictures are in {options.dir}.")  # noqa: T201
    return 0


def day(project: Path, folder: Path) -> int:
    """Keep pictures of a whole working day; gives how many."""
    pictures = Pictures(folder)
    with crew(project, pictures, dict(inside())) as everyone:
        working_day.work(everyone)
    return len(pictures.taken)


def tour(project: Path, folder: Path) -> int:
    """Keep a picture of each kind of page of any project, with made-up rows; gives how many."""
    pictures, port = Pictures(folder), free_port()
    with browser() as started, answering(project, port, inside(), ROWS) as session:
        page = page_of(started, f"http://127.0.0.1:{port}", session)
        for path in walk(page):
            pictures.take(page, path.strip("/").replace("/", "-") or "start")
    return len(pictures.taken)


@contextmanager
def crew(project: Path, pictures: Pictures, env: dict[str, str]) -> Iterator[working_day.Crew]:
    """Run the project, and sign in one person for each role."""
    port = free_port()
    with (
        browser() as started,
        staffed(project, port, env),
        tempfile.TemporaryDirectory() as folder,
    ):
        address = f"http://127.0.0.1:{port}"
        dispatcher, fitter, cashier, owner = people = [
            Person(started, address, role, pictures) for role in working_day.ROLES
        ]
        for person in people:
            person.sign_in()
        photo = Path(folder) / "boiler.png"
        people[0].page.screenshot(path=photo)
        yield working_day.Crew(dispatcher, fitter, cashier, owner, photo)


if __name__ == "__main__":
    sys.exit(main())
