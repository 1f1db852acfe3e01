"""`scaffold answers`: plain copier renders the same bytes from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scaffold.answers import as_yaml, canonical
from scaffold.commands import answers
from scaffold.errors import UsageError
from scaffold.project import open_project
from scaffold.source import Source
from tests.commands.world import BLUEPRINT, plain_copier, tree

Make = Callable[..., Path]


def printed(capsys: pytest.CaptureFixture[str], file: Path, *overrides: str) -> str:
    """What the command prints."""
    capsys.readouterr()
    assert answers.run(file, overrides) == 0
    return capsys.readouterr().out


def test_plain_copier_renders_the_same_bytes(
    make: Make,
    template: Source,
    blueprint: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    (tmp_path / "answers.yml").write_text(printed(capsys, blueprint))
    options = ("--data-file", "answers.yml", "--defaults", "-r", "HEAD")
    copied = plain_copier("copy", *options, template.url, "plain", at=tmp_path)
    assert copied.returncode == 0, copied.stderr
    assert tree(tmp_path / "plain") == tree(make())


def test_open_questions_take_their_defaults_as_new_does(
    make: Make, blueprint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BLUEPRINT.replace("  after_hours: wait\n", "").split("open_items:")[0]
    blueprint.write_text(text + BLUEPRINT[BLUEPRINT.index("roles:") :])
    found = yaml.safe_load(printed(capsys, blueprint))
    assert found == open_project(make(defaults=True)).answers


def test_the_projects_blueprint_resolves_to_the_projects_answers(
    make: Make, blueprint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blueprint.write_text(BLUEPRINT.replace("  after_hours: wait\n", ""))
    project = make(defaults=True, overrides=["first_administrator=ana@example.com"])
    stored = open_project(project).answers
    assert yaml.safe_load(printed(capsys, project)) == stored


def test_what_somebody_answered_survives_in_the_project(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make(overrides=["first_administrator=ana@example.com"])
    assert "first_administrator: ana@example.com" in printed(capsys, project)


def test_set_overrides_a_key(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "staff_sign_in: google" in printed(capsys, blueprint, "identity.staff=google")


def test_set_takes_one_or_several_choices(
    blueprint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in ("people=protected,staff", "people=[staff, protected]"):
        assert "people:\n- staff\n- protected\n" in printed(capsys, blueprint, typed)
    assert "people:\n- staff\n" in printed(capsys, blueprint, "people=staff")


def test_json_says_the_same(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, blueprint)
    assert answers.run(blueprint, json=True) == 0
    assert json.loads(capsys.readouterr().out) == yaml.safe_load(text)


def test_they_are_sorted_at_every_depth() -> None:
    assert as_yaml({"b": {"z": 1, "a": 2}, "a": [3, 1]}) == "a:\n- 3\n- 1\nb:\n  a: 2\n  z: 1\n"


def test_words_that_yaml_takes_for_truth_values_are_quoted() -> None:
    assert as_yaml({"a": "no", "b": "yes", "c": "2026-01-01"}) == (
        "a: 'no'\nb: 'yes'\nc: '2026-01-01'\n"
    )


@pytest.mark.parametrize("value", [{1, 2}, object(), b"x", Path("x")])
def test_what_is_no_json_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"answers\.a\[0\]"):
        canonical({"a": [value]})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("identity.staff", "--set takes section.key=value; this is 'identity.staff'."),
        ("identity.staf=google", "did you mean identity.staff?"),
        ("identiti.staff=google", "did you mean identity?"),
        ("records.Item=x", "there is no key records"),
        ("app.name=x", "app holds a value and no further keys."),
        ("zzz=1", "there is no key zzz; the keys are app, about,"),
        ("app={", "The value in --set app={ is not YAML."),
        ("people=aliens", "people takes nobody, staff, business_contacts,"),
        ("first_administrater=x", "did you mean first_administrator?"),
    ],
)
def test_a_wrong_set_says_what_is_allowed(blueprint: Path, typed: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        answers.run(blueprint, [typed])
    assert said in str(refused.value)
