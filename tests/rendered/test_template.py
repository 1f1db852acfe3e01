"""The template stays readable: few tags, fewer ifs, and paths that every system can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.properties.rendering import ROOT
from tests.rendered.measures import branches, share, tagged

PROJECT = ROOT / "templates" / "project"
LEFT_OUT = ("__pycache__", "_cache", ".dev", ".venv")
PAGES = PROJECT / "src/app/platform/console/pages"
"""Templates of the project itself, which has them as they are: their tags are not for copier."""
MOST_SHARED, MOST_OF_RECORDS = 0.05, 0.35
MOST_IFS, DEEPEST = 3, 1


def files() -> list[Path]:
    """Every file of the template, but for the pages of the project."""
    return [
        path
        for path in PROJECT.rglob("*")
        if path.is_file()
        and not any(part.endswith(LEFT_OUT) for part in path.parts)
        and not path.is_relative_to(PAGES)
    ]


def of_records(path: Path) -> bool:
    """Whether a file is rendered once for each record."""
    return "yield record" in str(path)


def wrong_path(path: str) -> bool:
    """Whether some system or copier itself cannot hold this path."""
    return bool(re.search(r'[|":]', path))


def too_branched(text: str) -> bool:
    """Whether a file has more ifs than one can follow."""
    count, depth = branches(text)
    return count > MOST_IFS or depth > DEEPEST


def test_shared_files_need_almost_no_tag() -> None:
    assert share(path.read_text(encoding="utf-8") for path in files() if not of_records(path)) <= (
        MOST_SHARED
    )


def test_two_thirds_of_a_records_template_are_plain_code() -> None:
    found = [path.read_text(encoding="utf-8") for path in files() if of_records(path)]
    assert len(found) == 10
    assert share(found) <= MOST_OF_RECORDS


def test_a_tag_is_counted_whatever_its_form() -> None:
    assert tagged("a\n{{ b }}\n{% if c %}\n{# d #}\n} {\n") == 3
    assert share(["{{ a }}\nb", "c\nd"]) == 0.25


def test_no_file_has_more_than_three_ifs_or_one_inside_another() -> None:
    assert [p for p in files() if too_branched(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}{% if b %}{% endif %}{% endif %}",
        "{% if a %}{% endif %}" * 4,
        "{% if a %}{% elif b %}{% elif c %}{% elif d %}{% endif %}",
        "{{ a if b else c }}" * 4,
    ],
)
def test_too_many_ifs_are_found(text: str) -> None:
    assert too_branched(text)
    assert not too_branched("{% if a %}x{% else %}y{% endif %}{% if b %}z{% endif %}{{ c }}")


def test_a_suffix_of_the_template_stands_for_a_tag() -> None:
    suffixed = [path for path in files() if path.suffix == ".jinja"]
    assert [path for path in suffixed if not tagged(path.read_text(encoding="utf-8"))] == []
    assert len(suffixed) > 9


def test_paths_are_legal_on_every_system() -> None:
    assert [path for path in files() if wrong_path(str(path.relative_to(PROJECT)))] == []
    assert all(map(wrong_path, ("{% if a | b %}x", '"a"', "a:b")))
