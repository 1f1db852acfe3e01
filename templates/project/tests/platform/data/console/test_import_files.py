"""Files that are brought to the page of an import, and those that are none."""

from __future__ import annotations

import pytest

from app.platform.db import Session
from app.settings import settings, use
from dev.files import example
from tests.platform.data.console.filling import HOME, AsSomebody
from tests.platform.data.console.reading import Read
from tests.platform.data.console.trials import sums, table, tried


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (example("png"), "Save it as CSV in UTF-8, or as a workbook"),
        (b"PK\x03\x04 nothing", "This workbook cannot be read"),
        (b"", "The first line names the fields, and there is none"),
        (b'label\n"one', "is not CSV: its quotes do not match"),
        (b"price\n1", "Label: Has no column"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_above_the_form(
    as_somebody: AsSomebody, content: bytes, said: str
) -> None:
    page = tried(as_somebody("keeper"), content)
    assert page.answer.status_code == 422
    assert said in page.texts('[role="alert"]')[0]
    assert page.one(f'form[action="{HOME}/import"] input[type="file"]')


def test_without_a_file_the_form_asks_for_one(as_somebody: AsSomebody) -> None:
    page = Read(as_somebody("keeper").post(f"{HOME}/import", data={"table": "x"}))
    assert (page.answer.status_code, page.texts('[role="alert"]')) == (
        422,
        ["Choose a file first."],
    )


def test_too_much_is_said_above_the_form(as_somebody: AsSomebody, session: Session) -> None:
    use(settings().model_copy(update={"import_lines": 2, "import_limit_bytes": 2_000}))
    web = as_somebody("keeper")
    many = tried(web, table("label", "aa", "bb", "cc"))
    assert (many.answer.status_code, "at most 2 lines" in many.answer.text) == (422, True)
    large = tried(web, table("label", "x" * 2_000))
    assert large.answer.status_code == 413
    assert large.texts('[role="alert"]') == ["Choose a file of at most 0.002 MB, or divide it."]


def test_a_table_may_be_longer_than_other_forms(as_somebody: AsSomebody, session: Session) -> None:
    web = as_somebody("keeper")
    note = "n" * 30_000
    lines = [f"label{chr(97 + at // 26)}{chr(97 + at % 26)},{note}" for at in range(60)]
    page = tried(web, table("label,more", *lines))
    assert settings().body_limit_bytes < 60 * len(note)
    assert (page.answer.status_code, sums(page)[3]) == (200, "60 refused")
