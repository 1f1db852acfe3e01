"""What an update does where people wrote beside lines that a new version changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.commands import update
from scaffold.errors import ConflictError
from scaffold.settling import Hunk, both, read
from scaffold.source import Source
from tests.commands.world import commit, run_git

MARK = 64


def lines(text: str) -> list[bytes]:
    """One letter is one line."""
    return [f"{letter}\n".encode() for letter in text]


SETTLED = {
    "added after it": ("ax", "a", "A", "Ax"),
    "added before it": ("xa", "a", "A", "xA"),
    "added after it, with more in the new version": ("ax", "a", "ABC", "ABCx"),
    "added between two that changed": ("axb", "ab", "AB", "AxB"),
    "added on both sides and between": ("xaybz", "ab", "AB", "xAyBz"),
    "added at the same place": ("x", "", "y", "yx"),
}
LEFT = {
    "a changed line": ("x", "a", "A"),
    "a line taken away": ("a", "ab", "AB"),
    "a changed line and an added one": ("xb", "a", "A"),
    "added where the new version takes all away": ("ax", "a", ""),
    "added between lines that are more now": ("axb", "ab", "ABC"),
    "the same line added twice": ("xy", "", "xz"),
}


@pytest.mark.parametrize("name", SETTLED)
def test_lines_that_people_added_stay_beside_those_that_changed(name: str) -> None:
    ours, base, theirs, expected = map(lines, SETTLED[name])
    assert both(Hunk(ours, base, theirs)) == expected


@pytest.mark.parametrize("name", LEFT)
def test_the_rest_is_for_a_person(name: str) -> None:
    assert both(Hunk(*map(lines, LEFT[name]))) is None


METHOD = [b"\n", b"    def more(self): ...\n"]


def test_what_is_apart_from_lines_that_go_stays() -> None:
    base = [b"    masked = 1\n"]
    assert both(Hunk([*base, *METHOD], base, [])) == METHOD


def test_what_may_be_the_rest_of_something_that_goes_is_for_a_person() -> None:
    base = [b"def gone():\n", b"    return 1\n"]
    assert both(Hunk([*base, *METHOD], base, [])) is None


def test_a_last_line_without_an_end_gets_one() -> None:
    assert both(Hunk([b"a\n", b"x"], [b"a\n"], [b"A"])) == [b"A\n", b"x"]


def test_a_merge_is_read_as_it_is_written() -> None:
    marks = {sign: sign * MARK + " of a merge" for sign in "<|>"}
    text = f"""one
{marks["<"]}
ours
{marks["|"]}
base
{"=" * MARK}
=======
{marks[">"]}
last
""".encode()
    hunk = Hunk([b"ours\n"], [b"base\n"], [b"=======\n"])
    assert list(read(text)) == [[b"one\n"], hunk, [b"last\n"]]


@pytest.fixture
def shop(make: Callable[..., Path], own_template: Source) -> Path:
    """A project in which one line is to change, in a new version of the template."""
    project = make(source=own_template)
    readme = Path(own_template.url) / "templates/project/README.md.jinja"
    readme.write_text(readme.read_text().replace("Three.", "3."))
    commit(Path(own_template.url))
    return project


def write(project: Path, old: str, new: str) -> None:
    """Change the README."""
    path = project / "README.md"
    path.write_text(path.read_text().replace(old, new))
    commit(project)


def test_an_update_settles_them(shop: Path) -> None:
    write(shop, "Three.\n", "Three.\nAnd a half.\n")
    assert update.run(shop) == 0
    assert "Two.\n3.\nAnd a half.\nFour.\n" in (shop / "README.md").read_text()
    assert run_git("ls-files", "--unmerged", at=shop) == ""
    assert run_git("status", "--porcelain", at=shop).split() == [
        "M", ".copier-answers.yml", "M", "README.md",
    ]  # fmt: skip


def test_it_leaves_a_file_as_git_left_it_where_one_place_needs_a_person(shop: Path) -> None:
    write(shop, "Two.\nThree.\n", "Two!\nThree!\nAnd a half.\n")
    with pytest.raises(ConflictError, match=r"README\.md"):
        update.run(shop)
    text = (shop / "README.md").read_text()
    assert "<<<<<<< before updating\n" in text
    assert "And a half.\n" in text
    assert [path.name for path in shop.glob(".merge_file*")] == []
