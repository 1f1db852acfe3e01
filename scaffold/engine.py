"""The only module that knows copier. It imports it late, because that takes half a second."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from scaffold.errors import TemplateError
from scaffold.source import Source


def render(source: Source, answers: Mapping[str, Any], into: Path) -> None:
    """Render the template with the answers into a folder that is empty or not there.

    TemplateError says what copier or the template did not take.
    """
    with _copier("render") as copier:
        copier.run_copy(
            source.url,
            into,
            data=dict(answers),
            vcs_ref=source.ref,
            defaults=True,
            overwrite=True,
            quiet=True,
            settings=copier.Settings(),
        )


def update(project: Path, answers: Mapping[str, Any], ref: str | None) -> None:
    """Copier's three-way merge into a clean project. Conflicts are left in the files.

    `ref` is the template's revision, or None for its newest tag.
    """
    with _copier("update") as copier:
        copier.run_update(
            project,
            data=dict(answers),
            vcs_ref=ref,
            defaults=True,
            overwrite=True,
            quiet=True,
            settings=copier.Settings(),
        )


@contextmanager
def _copier(doing: str) -> Iterator[Any]:
    """Copier, with every way in which it refuses turned into a TemplateError."""
    import copier  # noqa: PLC0415  (takes half a second)
    from copier.errors import CopierError  # noqa: PLC0415
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415
    from plumbum import ProcessExecutionError  # noqa: PLC0415

    before = Path.cwd()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield copier
    except JinjaError as error:
        where = _template_line(error.__traceback__) or "the template"
        raise TemplateError(f"{where} did not {doing}: {error}", _HINT) from error
    except ProcessExecutionError as error:
        raise TemplateError(f"git refused while copier ran: {_last_line(error.stderr)}") from error
    except (CopierError, ValueError, TypeError) as error:
        raise TemplateError(f"copier did not {doing} the template: {error}", _HINT) from error
    finally:
        os.chdir(before)


_HINT = "a blueprint that passes `scaffold check` should render: please report this one"


def _template_line(trace: TracebackType | None) -> str | None:
    """The innermost frame that is a template: `templates/project/x.jinja:12`."""
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "templates/" in name and "/site-packages/" not in name:
            found = f"{name[name.index('templates/') :]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
