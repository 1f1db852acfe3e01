"""Files that come with forms: kept though something else is refused, and refused in words."""

from __future__ import annotations

from sqlalchemy import select

from app.platform.db import Session
from app.platform.files.models import StoredFile
from dev.files import example
from tests.platform.data.console.filling import HOME, AsSomebody, blank, counted
from tests.platform.data.console.reading import Read

PDF = ("the plan.pdf", example("pdf"), "application/pdf")


def test_a_file_is_kept_though_something_else_is_refused(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    form = {name: text for name, text in blank(web).items() if name != "plan"}
    refused = web.post(HOME, data=form | {"label": "ONE"}, files={"plan": PDF})
    assert refused.status_code == 422
    kept = Read(refused).form(HOME)
    page = Read(web.post(HOME, data=kept | {"label": "one"}))
    assert page.facts()["Plan"] == "Download"
    file = session.scalars(select(StoredFile)).one()
    assert (file.name, str(file.id)) == ("the plan.pdf", kept["plan"])


def test_a_file_that_a_field_does_not_take_is_refused_in_the_form(
    as_somebody: AsSomebody, session: Session
) -> None:
    web = as_somebody("keeper")
    form = {name: text for name, text in blank(web).items() if name != "plan"} | {"label": "one"}
    text = web.post(HOME, data=form, files={"plan": ("plan.pdf", b"no pdf", "application/pdf")})
    large = web.post(HOME, data=form, files={"plan": ("plan.pdf", PDF[1] + b" " * 1_000_001)})
    assert (text.status_code, large.status_code) == (422, 422)
    assert "one of: pdf, png" in Read(text).errors()["plan"]
    assert "at most 1 MB" in Read(large).errors()["plan"]
    assert (counted(session), session.scalars(select(StoredFile)).all()) == (0, [])


def test_a_body_that_is_too_long_is_refused(as_somebody: AsSomebody) -> None:
    web = as_somebody("keeper")
    assert web.post(HOME, data={"label": "x" * 3_000_000}).status_code == 413
