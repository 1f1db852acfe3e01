"""One project that people have worked in, brought to a new version and a changed blueprint."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from scaffold.commands import answers, new, update
from scaffold.source import Source
from tests.commands.world import ROOT, commit, plain_copier, tree
from tests.generated.making import make_whole_template
from tests.updates.edits import BLUEPRINT, TEMPLATE, THEIRS, release


@pytest.fixture(scope="session", autouse=True)
def _named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Git as on a machine of somebody with a name, whatever this machine says."""
    with pytest.MonkeyPatch.context() as patch:
        nowhere = tmp_path_factory.mktemp("git") / "no-gitconfig"
        patch.setenv("GIT_CONFIG_GLOBAL", str(nowhere))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Ana")
            patch.setenv(f"GIT_{who}_EMAIL", "ana@example.com")
        yield


@dataclass(frozen=True, slots=True)
class Story:
    """A project at v1.0.0 with people's edits and a changed blueprint, and what became of it.

    `updated` went through `scaffold update` to v1.1.0, `twin` through `copier update`.
    """

    template: Source
    before: dict[str, bytes]
    updated: Path
    code: int
    after: dict[str, bytes]
    twin: dict[str, bytes]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, Path]:
    """The whole template at v1.0.0, and a project of it, as generated."""
    folder = tmp_path_factory.mktemp("updates")
    template = make_whole_template(folder / "template")
    project = folder / "project"
    new.run(project, ROOT / "examples/quotes.yml", defaults=True, lock=False, source=template)
    return template, project


@pytest.fixture(scope="session")
def story(first: tuple[Source, Path], tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Edits, a new blueprint, a new version, and both ways of updating."""
    template, generated = first
    folder = tmp_path_factory.mktemp("story")
    project, twin = folder / "project", folder / "twin"
    shutil.copytree(generated, project)
    for edit in (*THEIRS.values(), *BLUEPRINT):
        edit.make(project)
    commit(project, "ours")
    release(Path(template.url), "v1.1.0", *TEMPLATE)
    shutil.copytree(project, twin)
    with redirect_stdout(StringIO()) as told:
        answers.run(project)
    (folder / "answers.yml").write_text(told.getvalue(), encoding="utf-8")
    options = ("--data-file", "../answers.yml", "--defaults", "-r", "v1.1.0")
    plain = plain_copier("update", *options, at=twin)
    assert plain.returncode == 0, plain.stderr
    before = tree(project)
    code = update.run(project, ref="v1.1.0", migration=False)
    return Story(template, before, project, code, tree(project), tree(twin))
