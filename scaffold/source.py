"""Where the template is: this checkout, or what the package carries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scaffold.errors import TemplateError
from scaffold.git import git, works

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Source:
    """A template as copier takes it: `url`, and the revision, or None for the newest tag.

    `dev` says in words why what it renders is no release; None for a release.
    """

    url: str
    ref: str | None = None
    dev: str | None = None


def find_source() -> Source:
    """The template that belongs to this program."""
    checkout = _HERE.parent
    if (checkout / "copier.yml").is_file() and (checkout / ".git").exists():
        return Source(str(checkout), "HEAD", why_dev(checkout))
    packaged = _HERE / "_template"
    if (packaged / "copier.yml").is_file():
        return Source(str(packaged), None, "the installed package carries no history")
    raise TemplateError(
        f"There is no template beside {_HERE}: neither a checkout nor an installed package.",
        "install solidground again, or run it from a clone",
    )


def template_root(source: Source | None = None) -> Path:
    """The folder with copier.yml and templates/, to read the words of the questions from."""
    return Path((source or find_source()).url)


def why_dev(checkout: Path) -> str | None:
    """Why a checkout is no release: it has uncommitted changes, or its commit has no tag."""
    if git("status", "--porcelain", at=checkout):
        return "the template has uncommitted changes"
    if not works("describe", "--tags", "--exact-match", "--match", "v*", at=checkout):
        return "the template's commit carries no version tag"
    return None
