"""What was typed into a form, as pages read it."""

from __future__ import annotations

from app.platform.console.typed import Typed


def test_spaces_around_what_was_typed_are_kept_where_they_may_be_meant() -> None:
    typed = Typed({"phrase": "a phrase"}, {"phrase": [" a phrase "]})
    assert (typed.get("phrase"), typed.exactly("phrase")) == ("a phrase", " a phrase ")
    assert (Typed().get("phrase"), Typed().exactly("phrase")) == ("", "")
