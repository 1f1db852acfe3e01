"""What lies in the folder of a record is found, and what replaces nothing is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.platform.console.lists import listing
from app.platform.console.own import NOTHING, Own, UnknownPage
from app.platform.console.rows import showing


def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pages: str) -> str:
    """Write the package of a record that has a `pages.py`."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "pages.py").write_text(pages)
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_what_lies_in_the_folder_of_a_record_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "from re import compile\ndef listing(screen): return 1\ndef _mine(): ...\n"
    own = Own.of(package(tmp_path, monkeypatch, "found_record", said))
    assert own.made(showing) is showing
    assert own.made(listing) is not listing
    assert own.templates is None
    (tmp_path / "found_record/templates").mkdir()
    for name in ("row.html", "_piece.html"):
        (tmp_path / "found_record/templates" / name).touch()
    assert Own.of("found_record").templates == tmp_path / "found_record/templates"


def test_a_page_that_replaces_nothing_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = package(tmp_path, monkeypatch, "lost_record", "def listings(screen): ...\n")
    with pytest.raises(UnknownPage, match="listings would replace nothing"):
        Own.of(name)
    (tmp_path / "lost_record/pages.py").unlink()
    (tmp_path / "lost_record/templates").mkdir()
    (tmp_path / "lost_record/templates/rows.html").touch()
    with pytest.raises(UnknownPage, match=r"rows\.html"):
        Own(None, tmp_path / "lost_record/templates").refuse_unknown("lost_record.pages")


def test_a_record_without_any_has_those_of_all() -> None:
    assert Own.of("app.platform.imports") == NOTHING
