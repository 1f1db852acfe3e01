"""The questions' words, defaults and conditions, read from the files that copier reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from scaffold.answers import LOADER
from scaffold.errors import TemplateError

FILES = ("project", "data", "identity", "support", "delivery")
UNSURE_LABEL = "I don't know"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what people read, what is stored, and whether it says "I don't know"."""

    label: str
    value: str

    @property
    def unsure(self) -> bool:
        """Whether taking it leaves the question open."""
        return self.label.startswith(UNSURE_LABEL)


@dataclass(frozen=True, slots=True)
class Wording:
    """One question as its file has it; `default`, `ask` and `validator` are Jinja."""

    name: str
    help: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    default: Any = ""
    ask: Any = True
    validator: str = ""

    @property
    def safest(self) -> str | None:
        """What "I don't know" stores, or None when it stores the default."""
        return next((choice.value for choice in self.choices if choice.unsure), None)


class Words:
    """Every wording by name, in the order of the files."""

    def __init__(self, template: Path) -> None:
        self.wordings: dict[str, Wording] = {}
        for name in FILES:
            self.wordings |= _read(template / "templates" / "questions" / f"{name}.yml")

    @cached_property
    def _jinja(self) -> Any:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

        return Environment(  # noqa: S701  (plain text, never HTML)
            extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def _rendered(self, template: Any, answers: Mapping[str, Any]) -> Any:
        if not isinstance(template, str):
            return template
        return self._jinja.from_string(template).render(**answers).strip()

    def default(self, name: str, answers: Mapping[str, Any]) -> Any:
        """What the template would take, given the answers before it."""
        return self._rendered(self.wordings[name].default, {"_folder_name": "", **answers})

    def asked(self, name: str, answers: Mapping[str, Any]) -> bool:
        """Whether the answers before it leave the question a point."""
        return self._rendered(self.wordings[name].ask, answers) in (True, "True")

    def fault(self, name: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """What is wrong with an answer, in words, or None."""
        said = self._rendered(self.wordings[name].validator, {**answers, name: value})
        return " ".join(said.split()) or None


def _read(path: Path) -> dict[str, Wording]:
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise TemplateError(f"{path} cannot be read: {error}") from error
    return {name: _wording(name, said) for name, said in read.items()}


def _wording(name: str, said: Mapping[str, Any]) -> Wording:
    choices = said.get("choices", {})
    return Wording(
        name=name,
        help=" ".join(str(said.get("help", name)).split()),
        choices=tuple(Choice(label, value) for label, value in choices.items()),
        several=bool(said.get("multiselect", False)),
        default=said.get("default", ""),
        ask=said.get("ask", True),
        validator=said.get("validator", ""),
    )
