"""Looks for secrets in every file that git has or would take."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dev import PROJECT, DevelopmentError, exit_code

NOT_OURS = ("uv.lock",)  # digests of packages, not secrets
BY_FORM_ALONE = [  # in tests, where they are made up, and where they are names of fields
    *("--disable-plugin", "KeywordDetector"),
    *("--disable-plugin", "BasicAuthDetector"),
]
NAMES_FIELDS = (  # and roles: neither `pin: text` nor `secretary: Keeps the list` tells a secret
    *(".copier-answers.yml", "blueprint.yml", "src/app/registry.py", "src/app/screens.py"),
    *("docs/brief.md", "docs/data-map.md", "docs/model.md"),
)
WHATEVER_ITS_NAME = [  # otherwise it passes by a path with `swagger` in it
    *("--disable-filter", "detect_secrets.filters.heuristic.is_swagger_file"),
]
SAYS_SO = "for-development-only"  # values that no other environment accepts
REVISION = r"""^(down_)?revision = \(?((, )?["'][0-9a-f]{12}["'])+\)?$"""  # names of migrations
NO_SECRETS = [*("--exclude-lines", SAYS_SO), *("--exclude-lines", REVISION)]


def check(project: Path = PROJECT) -> None:
    """Raises DevelopmentError when a file holds what looks like a secret."""
    program = Path(sys.executable).with_name("detect-secrets-hook")
    if not program.exists():
        raise DevelopmentError(
            "detect-secrets is not installed, so nothing was checked: `make install`."
        )
    files = [name for name in _files(project) if name not in NOT_OURS]
    named = [name for name in files if name.startswith("tests/") or name in NAMES_FIELDS]
    rest = [name for name in files if name not in named]
    command = [str(program), *NO_SECRETS, *WHATEVER_ITS_NAME]
    runs = [[*command, *rest]] if rest else []
    runs += [[*command, *BY_FORM_ALONE, *named]] if named else []
    if any(subprocess.run(words, cwd=project, check=False).returncode for words in runs):
        raise DevelopmentError(
            "If it is not a secret, say so where it stands: `# pragma: allowlist secret`."
        )


def _files(project: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise DevelopmentError(
            "This is not a git repository, so no file could be listed: `git init`."
        )
    return [name for name in listed.stdout.split("\0") if name and (project / name).is_file()]


if __name__ == "__main__":
    sys.exit(exit_code(check))
