"""Plain copier asks in the same words, and starts from the small model."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from dev import starter
from scaffold import engine
from scaffold.answers import canonical, read_answers, stored
from scaffold.blueprint import load
from scaffold.errors import TemplateError
from scaffold.interview.order import ASKED
from scaffold.interview.words import Words
from scaffold.resolve import resolve
from scaffold.resolve.facts import ABOUT, KEYS, UNSURE
from scaffold.source import Source

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "templates" / "questions"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The real questions, and nothing but the answers file and the blueprint."""
    place = tmp_path_factory.mktemp("bare")
    shutil.copytree(QUESTIONS, place / "templates" / "questions")
    shutil.copy(ROOT / "copier.yml", place)
    project = place / "templates" / "project"
    project.mkdir()
    for name in ("blueprint.yml.jinja", "{{ _copier_conf.answers_file }}.jinja"):
        shutil.copy(ROOT / "templates" / "project" / name, project)
    return Source(str(place))


def copied(bare: Source, into: Path, **answers: Any) -> tuple[dict[str, Any], str]:
    """The stored answers and the blueprint that plain copier makes of these."""
    engine.render(bare, answers, into / "shop")
    found = stored(read_answers(into / "shop" / ".copier-answers.yml"))
    return found, (into / "shop" / "blueprint.yml").read_text(encoding="utf-8")


ANSWERS: list[dict[str, Any]] = [
    {},
    {"users": ["staff", "customers", "software"], "posture": "restricted"},
    {"staff_sign_in": "google", "devices": ["phone", "shared"], "budget": "200 a month"},
    {"app_name": 'A "b": c #d', "about": "It's 100 % – yes: no", "unsure": ["people", "posture"]},
    {
        "support_who": "partner",
        "support_name": "Ana & Bo",
        "support_contact": "+49 30 1234",
        "support_stand_in": "x@y.example",
        "after_hours": "always",
        "unsure": ["run_on"],
    },
    {"keep": "7_years", "keep_then": "remove_names", "show_contacts": "after_click"},
    {"users": ["customers"], "separation": "customers", "ci": "azure"},
    {"people": ["protected"], "currencies": ["EUR", "USD"], "pays": "cfo@example.com"},
]


@pytest.mark.parametrize("answers", ANSWERS)
def test_the_blueprint_of_plain_copier_says_what_was_answered(
    bare: Source, tmp_path: Path, answers: dict[str, Any]
) -> None:
    found, text = copied(bare, tmp_path, **answers)
    assert canonical(resolve(load(text), found)) == canonical(found)


def test_the_starter_is_current() -> None:
    assert starter.page() == (QUESTIONS / "model.yml").read_text(encoding="utf-8"), (
        "run `make starter`"
    )


def test_every_stored_fact_has_a_question() -> None:
    asked = set(Words(ROOT).wordings) | set(yaml.safe_load((QUESTIONS / "model.yml").read_text()))
    answers = resolve(load((ROOT / "examples" / "starter.yml").read_text()))
    assert set(answers) == asked


def test_every_part_of_a_question_can_be_a_guess() -> None:
    unsure = Words(ROOT).wordings["unsure"]
    assert tuple(choice.value for choice in unsure.choices) == UNSURE
    assert set(ASKED) <= set(ABOUT)
    assert set(KEYS) <= set(ABOUT)


def test_every_single_choice_can_be_not_known() -> None:
    for name in ASKED:
        wording = Words(ROOT).wordings[name]
        if wording.choices and not wording.several:
            assert wording.safest in {c.value for c in wording.choices if not c.unsure}, name


def test_sensitivity_has_no_lax_default() -> None:
    words = Words(ROOT)
    for people, least in ((["nobody"], "internal"), (["staff"], "confidential")):
        assert words.default("posture", {"people": people}) == least


CHOICES = {
    "posture": ["public", "internal", "confidential", "restricted"],
    "staff_sign_in": ["microsoft", "google", "okta", "keycloak", "other", "password", "none"],
    "customer_sign_in": ["email_link", "password", "passkey", "none"],
    "devices": ["own_computer", "phone", "shared"],
    "support_who": ["founder", "team", "partner", "nobody_yet"],
    "run_on": ["compose", "container_apps", "kubernetes"],
    "ci": ["github", "gitlab", "azure"],
}


@pytest.mark.parametrize("name", CHOICES)
def test_choices_are_only_ever_added(name: str) -> None:
    values = [choice.value for choice in Words(ROOT).wordings[name].choices]
    assert [value for value in CHOICES[name] if value not in values] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("posture", "secretish"),
        ("budget", "much"),
        ("may_be_down", "a while"),
        ("may_lose", "some"),
        ("support_until", "next year"),
        ("users", []),
        ("devices", []),
        ("people", ["nobody", "staff"]),
        ("app_name", " "),
        ("after_hours", "always"),
    ],
)
def test_copier_refuses_what_is_no_answer(
    bare: Source, tmp_path: Path, name: str, value: Any
) -> None:
    with pytest.raises(TemplateError, match=name):
        copied(bare, tmp_path, **{name: value})
