"""The command line: names, options, help. Each command is one call, imported when it runs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scaffold.outcome import outcome, version

_ABOUT = """
From a blueprint that people can read to a project that people own.

\b
Examples:
  scaffold new shop                                  asks, then makes ./shop
  scaffold new shop --blueprint shop.yml --defaults  asks nothing
  scaffold check shop.yml                            every fault, in one pass
  scaffold read shop.yml                             numbered sentences to sign
  scaffold plan shop                                 what an update would change
  scaffold update shop                               after editing shop/blueprint.yml

\b
Exit codes: 0 fine, 1 your input, 2 usage, 3 our bug, 4 the template refused,
5 conflicts or work left for a person, 130 interrupted.
"""

app = typer.Typer(
    name="scaffold",
    help=_ABOUT,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

File = Annotated[
    Path, typer.Argument(help="A blueprint, a project's folder, or - for stdin.", metavar="FILE")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Override one key, such as identity.staff=google. Repeatable."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout for a machine.")]
Project = Annotated[Path, typer.Argument(help="The project.", metavar="PROJECT")]
_HERE = Path("blueprint.yml")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"scaffold {version()}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say which."),
    ] = False,
) -> None:
    pass


@app.command()
def new(  # noqa: PLR0917  (each is an option of its own)
    directory: Annotated[Path, typer.Argument(help="Where to make it; not there, or empty.")],
    blueprint: Annotated[
        Path | None, typer.Option(help="The blueprint; without one, the questions start it.")
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Take every default, and list it as an open item.")
    ] = False,
    overrides: Set = None,
    git: Annotated[bool, typer.Option("--git/--no-git", help="Make the first commit.")] = True,
    lock: Annotated[bool, typer.Option("--lock/--no-lock", help="Make uv.lock.")] = True,
    json: Json = False,
) -> None:
    """Make a project from a blueprint, asking only what it does not say.

    \b
    Examples:
      scaffold new shop
      scaffold new shop --blueprint shop.yml
      scaffold new shop --blueprint shop.yml --defaults --set identity.staff=google
    """

    _run("new", directory, blueprint, defaults, overrides or (), git, lock, json)


@app.command()
def read(file: File = _HERE, json: Json = False) -> None:
    """Read a blueprint back as numbered sentences, with questions about what looks unintended.

    \b
    Example:
      scaffold read shop.yml
    """

    _run("read", file, json)


@app.command()
def answers(file: File = _HERE, overrides: Set = None, json: Json = False) -> None:
    """Print the resolved answers, for plain copier.

    A file's open questions take their defaults, as in `scaffold new --defaults`.

    \b
    Example:
      scaffold answers shop.yml > answers.yml
      copier copy --data-file answers.yml --defaults TEMPLATE shop
    """

    _run("answers", file, overrides or (), json)


@app.command()
def check(file: File = _HERE, json: Json = False) -> None:
    """Check a blueprint: every fault in one pass, with its line and what to write instead.

    \b
    Examples:
      scaffold check shop.yml
      scaffold check --json - < shop.yml
    """

    _run("check", file, json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of blueprints, for editors.

    \b
    Example:
      scaffold schema > blueprint.schema.json
    """

    _run("schema")


@app.command()
def diagram(file: File = _HERE, json: Json = False) -> None:
    """Print a blueprint's records and workflows as Mermaid diagrams.

    \b
    Example:
      scaffold diagram shop.yml > model.md
    """

    _run("diagram", file, json)


@app.command()
def plan(directory: Project = Path(), json: Json = False) -> None:
    """Say what an edited blueprint changes: safe, asks for a word, or breaks.

    \b
    Example:
      scaffold plan ../shop
    """
    _run("plan", directory, json)


@app.command()
def update(
    directory: Project = Path(),
    ref: Annotated[
        str | None, typer.Option("--ref", help="The template's version; the newest by default.")
    ] = None,
    migration: Annotated[
        bool, typer.Option("--migration/--no-migration", help="Write and try the migration.")
    ] = True,
    json: Json = False,
) -> None:
    """Merge an edited blueprint and the newest template into a project that is committed.

    \b
    Examples:
      scaffold update
      scaffold update ../shop --ref v1.4.0
    """
    _run("update", directory, ref, migration, json)


def main() -> None:
    """The entry point of the `scaffold` command."""
    app()


def _run(name: str, *options: object) -> NoReturn:
    """End with the exit code of a command, which is imported only now."""

    def command() -> int:
        return int(import_module(f"scaffold.commands.{name}").run(*options))

    raise typer.Exit(outcome(command))
