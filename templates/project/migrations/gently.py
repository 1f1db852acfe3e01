"""Writes migrations that lose nothing and hold nobody up.

`make migration` compares the models with the database; what it found becomes steps, each with its
way back. What has to look at every row of a table that people work with becomes a second
migration, after the first one is committed: there it takes no lock that stops them.
"""

from __future__ import annotations

from typing import Any

from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.util import rev_id

from migrations.changes import steps_of
from migrations.looking import look
from migrations.steps import Step, Turn, backwards, upwards


def gently(context: MigrationContext, _revision: object, directives: list[Any]) -> None:
    """Change what `alembic revision --autogenerate` is about to write.

    Raises CommandError, in words, for what would lose something and that nobody has said, and for
    rows of this database that the migration would stop at.
    """
    config = context.config
    if config is None or not getattr(config.cmd_opts, "autogenerate", False):
        return  # another command only wants to know what differs
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives.clear()
        config.print_stdout("The models say nothing that the migrations do not: nothing written.")
        return
    steps = steps_of(script.upgrade_ops.ops, context)
    look(context.connection, [op for step in steps if step.turn is Turn.LOOK for op in step.up])
    first = [step for step in steps if not step.late]
    second = [step for step in steps if step.late]
    script.upgrade_ops.ops, script.downgrade_ops.ops = upwards(first), backwards(first)
    if second:
        directives.append(following(script, second))


def following(script: Any, steps: list[Step]) -> ops.MigrationScript:
    """Give the migration that comes after another one."""
    return ops.MigrationScript(
        rev_id=rev_id(),
        message=f"{script.message} second part",
        upgrade_ops=ops.UpgradeOps(upwards(steps)),
        downgrade_ops=ops.DowngradeOps(backwards(steps)),
        head=script.rev_id,
        version_path=script.version_path,
    )
