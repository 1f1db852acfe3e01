"""Answers as copier stores them: JSON types only, sorted, in YAML that every reader agrees on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scaffold.errors import InputError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one, where the library was built with it; both read the same."""


def canonical(value: Any, path: str = "answers") -> Any:
    """The same value with sorted keys, made of JSON types alone; lists keep their order.

    TypeError for anything else: a date, say, would be rendered but not stored.
    """
    if isinstance(value, Mapping):
        return {str(key): canonical(value[key], f"{path}.{key}") for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [canonical(item, f"{path}[{place}]") for place, item in enumerate(value)]
    if type(value) in (str, int, bool, float) or value is None:
        return value
    raise TypeError(f"{path} is a {type(value).__name__}; answers are JSON types only")


def as_yaml(answers: Mapping[str, Any]) -> str:
    """Sorted YAML for `copier copy --data-file`.

    Written by the library that copier reads with, which quotes what YAML 1.1 takes for a truth
    value, such as "no".
    """
    text: str = yaml.safe_dump(canonical(answers), allow_unicode=True, sort_keys=True, width=100)
    return text


def read_answers(path: Path) -> dict[str, Any]:
    """The answers of a project. InputError when the file is not one."""
    try:
        read = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506  (a safe one)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} is not YAML: {error}", f"bring it back with `git checkout {path.name}`"
        ) from error
    if not isinstance(read, dict) or "_src_path" not in read:
        raise InputError(
            f"{path} does not say which template the project came from.",
            f"bring it back with `git checkout {path.name}`",
        )
    return read


def stored(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what copier adds (`_commit`, `_src_path`)."""
    return {key: value for key, value in answers.items() if not key.startswith("_")}
