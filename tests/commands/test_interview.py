"""The conversation: order, progress, going back, not knowing, and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scaffold import console
from scaffold.blueprint import load
from scaffold.commands import new
from scaffold.document import Document
from scaffold.errors import INTERRUPTED
from scaffold.interview.order import ASKED, QUESTIONS
from scaffold.interview.words import Words
from scaffold.preparing import Prepared, Wishes, prepare
from scaffold.source import Source
from tests.commands.world import BLUEPRINT, ROOT

STARTER = (ROOT / "examples" / "starter.yml").read_text(encoding="utf-8")
HEADING = " · "
Talk = Callable[..., tuple[Prepared, list[str]]]


def words() -> Words:
    """The words that copier reads too."""
    return Words(ROOT)


def talk(typed: list[str], text: str = STARTER, fresh: bool = True) -> tuple[Prepared, list[str]]:
    """A conversation in which these lines are typed, then Enter for ever; and what was said."""
    lines: Iterator[str] = iter(typed)
    said: list[str] = []

    def ask(prompt: str) -> str:
        said.append(prompt)
        return next(lines, "")

    document = Document(text.encode(), "test.yml")
    return prepare(document, Wishes(fresh=fresh), words, ask, said.append), said


def headings(said: list[str]) -> list[str]:
    """`6 of 11` and the like, in order."""
    return [line.split(HEADING)[1] for line in said if HEADING in line]


def test_there_are_fifteen_questions() -> None:
    assert len(QUESTIONS) == 15
    assert set(ASKED) <= set(words().wordings)


def test_pressing_enter_takes_every_default() -> None:
    prepared, _ = talk([])
    assert prepared.answers["staff_sign_in"] == "microsoft"
    assert prepared.answers["posture"] == "confidential"
    assert prepared.answers["run_on"] == "container_apps"
    assert [item["about"] for item in prepared.answers["open_items"]] == ["records.keep"]


def test_it_counts_what_is_left() -> None:
    _, said = talk([])
    marks = headings(said)
    assert marks[0] == "1 of 12"
    assert marks[-1] == f"{len(marks)} of {len(marks)}"


def test_an_answer_that_makes_questions_pointless_shortens_it() -> None:
    everybody, _ = talk([])
    _, said = talk(["3"])
    assert len(headings(said)) < len(headings(talk([])[1]))
    assert not any("How do staff sign in" in line for line in said)
    assert everybody.answers["users"] == ["staff"]


def test_an_answer_that_gives_questions_a_point_lengthens_it() -> None:
    _, said = talk(["1,2,4"])
    assert headings(said)[-1] == "14 of 14"
    assert any("How should customers get in?" in line for line in said)


def test_it_never_asks_more_than_fifteen() -> None:
    typed = ["1,2,3,4", "3", "1", "", "", "", "1", *[""] * 7, "3"]
    _, said = talk(typed)
    assert headings(said)[-1] == "15 of 15"
    assert any("Until when do they look after it?" in line for line in said)


def test_back_goes_to_the_question_before() -> None:
    prepared, said = talk(["1,2", "5", "back", "4"])
    assert headings(said)[:4] == ["1 of 12", "2 of 14", "3 of 14", "2 of 14"]
    assert prepared.answers["people"] == ["private_individuals"]


def test_back_at_the_first_question_asks_it_again() -> None:
    prepared, said = talk(["back", "2"])
    assert headings(said)[0] == headings(said)[1] == "1 of 12"
    assert prepared.answers["users"] == ["customers"]


def test_not_knowing_is_set_safely_and_kept_as_an_open_item() -> None:
    prepared, _ = talk(["", "", "", "?", "?", "", "?"])
    assert prepared.answers["posture"] == "confidential"
    assert prepared.answers["staff_sign_in"] == "password"
    about = [item["about"] for item in prepared.answers["open_items"]]
    assert about == ["data", "data.show_contacts", "records.keep", "identity.staff"]
    assert all(item["by"] > "2026" and item["who"] for item in prepared.answers["open_items"])


def test_the_choice_that_says_i_dont_know_does_the_same() -> None:
    prepared, _ = talk(["", "", "", "5"])
    assert [item["about"] for item in prepared.answers["open_items"]] == ["data", "records.keep"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("9", "Type a number from 1 to 5, ? or back; not '9'."),
        ("0", "Type a number from 1 to 5, ? or back; not '0'."),
        ("often", "Type a number from 1 to 5, ? or back; not 'often'."),
        ("1,2", "Choose one of them."),
    ],
)
def test_a_line_that_is_no_answer_is_asked_again(typed: str, answer: str) -> None:
    prepared, said = talk(["", "", "", typed, "restricted"])
    assert answer in said
    assert prepared.answers["posture"] == "restricted"


def test_an_answer_that_the_question_refuses_is_asked_again() -> None:
    prepared, said = talk(["none", "1", "1,2", "1"])
    assert "Choose at least one." in said
    assert "Either nobody's details, or somebody's." in said
    assert prepared.answers["users"] == ["staff"]


def test_a_rota_of_one_name_is_refused() -> None:
    typed = [*[""] * 10, "2", "Ana", "ana@example.com", "", "3", "2"]
    prepared, said = talk(typed)
    assert any(line.startswith("One name is not a rota") for line in said)
    assert prepared.answers["after_hours"] == "everyone_stuck"


def test_only_what_the_blueprint_lacks_is_asked() -> None:
    _, said = talk([], BLUEPRINT.replace("  after_hours: wait\n", ""), fresh=False)
    assert headings(said) == ["1 of 1"]


def test_the_answers_are_in_the_blueprint_and_its_comments_too() -> None:
    text = BLUEPRINT.replace("  after_hours: wait\n", "")
    prepared, _ = talk(["2"], text, fresh=False)
    assert "  after_hours: everyone_stuck\n" in prepared.blueprint.text
    assert prepared.blueprint.text.replace("  after_hours: everyone_stuck\n", "") == text


def test_separated_customers_name_the_record_that_separates_them() -> None:
    text = STARTER.replace("  Customer:", "  Company:").replace("is: Customer", "is: Company")
    typed = ["1,2", "", "", "", "", "2"]
    assert talk(typed, text)[0].blueprint.separate_by == "Company"


def test_years_of_keeping_become_rules_of_the_records_with_people() -> None:
    prepared, _ = talk(["", "", "", "", "", "2", "2"])
    kept = prepared.blueprint.records["Customer"].keep
    assert kept is not None
    assert (str(kept.for_), kept.then) == ("7 years", "remove_names")
    assert prepared.blueprint.records["Task"].keep is None


def test_contacts_without_a_label_become_personal() -> None:
    text = BLUEPRINT.replace("{name: text}  #", "{name: text, mail: email}  #")
    text = "".join(line for line in text.splitlines(True) if "data." not in line)
    prepared, _ = talk(["2", "", "2"], text, fresh=False)
    mail = load(prepared.blueprint.text).records["Item"].fields["mail"]
    assert mail.masked
    assert [kind.value for kind in mail.kinds] == ["personal"]


def test_fields_that_look_sensitive_are_sealed_when_it_is_said() -> None:
    text = BLUEPRINT.replace("{name: text}  #", "{name: text, tax_number: text}  #")
    text = "".join(line for line in text.splitlines(True) if "data." not in line)
    prepared, _ = talk(["2", "2"], text, fresh=False)
    assert load(prepared.blueprint.text).records["Item"].fields["tax_number"].sealed


@pytest.mark.parametrize(("typed", "made"), [("", True), ("yes", True), ("no", False)])
def test_new_asks_before_it_writes(
    template: Source,
    blueprint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    made: bool,
) -> None:
    blueprint.write_text(BLUEPRINT.replace("  after_hours: wait\n", ""))
    lines = iter(["2", typed])
    monkeypatch.setattr(console, "talks_to_a_person", lambda: True)
    monkeypatch.setattr(console, "ask", lambda _: next(lines))
    code = new.run(tmp_path / "p", blueprint, lock=False, source=template)
    assert code == (0 if made else INTERRUPTED)
    assert (tmp_path / "p").exists() == made
