"""What each error ends the program with."""

from __future__ import annotations

import pytest

from scaffold import errors
from scaffold.blueprint import BlueprintError, Fault, faults_as_text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.InputError, 1),
        (errors.UsageError, 2),
        (errors.SolidgroundError, 3),
        (errors.TemplateError, 4),
        (errors.ConflictError, 5),
    ],
)
def test_each_error_has_its_exit_code(error: type[errors.SolidgroundError], code: int) -> None:
    assert error.exit_code == code
    assert issubclass(error, errors.SolidgroundError)


def test_an_error_says_its_hint_below() -> None:
    assert str(errors.InputError("There is no x.", "write y")) == "There is no x.\nhint: write y"
    assert str(errors.InputError("There is no x.")) == "There is no x."


def test_faults_are_said_one_after_another() -> None:
    faults = [Fault("a", "app", 1, 2, "One.", "do this"), Fault("b", "", 3, 4, "Two.")]
    assert faults_as_text(faults, "my.yml") == "my.yml:1:2: One.\n  hint: do this\nmy.yml:3:4: Two."
    assert BlueprintError(faults).exit_code == 1
