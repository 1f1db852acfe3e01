"""The life of a record in sentences: stages, moves, and the link for people outside."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Move, Record, Workflow
from scaffold.blueprint.reading.english import counted, listing, plural, quoted, spoken
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.page import Line, line
from scaffold.blueprint.reading.phrases import Phrases
from scaffold.blueprint.reading.values import renames_in_words


def stage_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """Stages, locked stages, then each move."""
    workflow = record.workflow
    if workflow is None:
        return
    path = f"records.{record.name}.workflow"
    yield line(_stages(words, record, workflow), f"{path}.stages")
    if workflow.locked:
        locked = listing([spoken(stage) for stage in workflow.locked], "or")
        one = words.one(record.name).a
        yield line(f"nothing in {one} can be edited while it is {locked}", f"{path}.locked")
    yield from _history(words, record, workflow)
    for move in workflow.moves.values():
        here = f"{path}.moves.{move.name}"
        for text in _move(words, record, move):
            yield line(text, here)


def _history(words: Vocabulary, record: Record, workflow: Workflow) -> Iterator[Line]:
    """What its stages were called before, and those that it no longer has."""
    path = f"records.{record.name}.workflow"
    if workflow.renamed:
        one, were = words.one(record.name).text, listing(renames_in_words(workflow.renamed))
        yield line(f"the stages of every {one} keep their rows: {were}", f"{path}.renamed")
    if workflow.retired:
        gone = listing([spoken(stage) for stage in workflow.retired], "or")
        yield line(f"{words.one(record.name).a} is no longer {gone}", f"{path}.retired")


def _stages(words: Vocabulary, record: Record, workflow: Workflow) -> str:
    one = words.one(record.name).a
    first, *others = [spoken(stage) for stage in workflow.stages]
    if not others:
        return f"{one} is always {first}"
    return f"{one} begins as {first}; it may then be {listing(others, 'or')}"


def _move(words: Vocabulary, record: Record, move: Move) -> Iterator[str]:
    """A sentence for people and one for the clock, each with what follows."""
    way = _way(move)
    one = words.one(record.name)
    if move.by:
        whose = f"{one.a} of their own" if move.only_owner else one.a
        who = words.roles(move.by)
        yield _with_follow_ups(words, record, move, f"{who} may move {whose} {way}")
    if move.once_past is not None:
        date = words.field(record.name, move.once_past).the
        text = f"the clock moves {one.a} {way} when {date} has passed"
        yield _with_follow_ups(words, record, move, text)
    if not move.by and move.once_past is None:
        whose = " of their own" if move.only_owner else ""
        text = f"nobody with a role may move {one.a}{whose} {way}"
        yield _with_follow_ups(words, record, move, text)


def _way(move: Move) -> str:
    origins = listing([spoken(stage) for stage in move.from_], "or")
    name = quoted(spoken(move.name))
    return f"from {origins} to {spoken(move.to)} ({name})"


def _with_follow_ups(words: Vocabulary, record: Record, move: Move, start: str) -> str:
    needs = _needs(words, record, move)
    whole = f"{start} {needs}" if needs else start
    if move.if_ is not None:
        also = ", and only if" if needs else " only if"
        whole += f"{also} {Phrases(words, record.name).of(move.if_)}"
    if move.not_same_person_as:
        other = quoted(spoken(move.not_same_person_as))
        whole += f", but not if they made the move {other} themselves"
    return " ".join(f"{item}." for item in [whole, *_follow_ups(words, record, move)])


def _needs(words: Vocabulary, record: Record, move: Move) -> str | None:
    if not move.needs:
        return None
    nouns = [words.field(record.name, name) for name in move.needs]
    are = "are" if len(nouns) > 1 else nouns[0].verb("is", "are")
    return f"once {listing([noun.the for noun in nouns])} {are} filled in"


def _follow_ups(words: Vocabulary, record: Record, move: Move) -> Iterator[str]:
    if move.asks:
        questions = listing([f"the {spoken(question)}" for question in move.asks])
        yield f"Whoever does it is asked for {questions}, which is kept in the history"
    if move.tells:
        paths = [words.path(record.name, tuple(path.split("."))) for path in move.tells]
        yield f"A message goes to {listing([f'the {path}' for path in paths])}"


def link_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """What somebody without an account may see and do."""
    if record.link is None:
        return
    link, one = record.link, words.one(record.name)
    shows = listing([words.field(record.name, name).the for name in link.shows])
    path = f"records.{record.name}.link"
    yield line(
        f"somebody without an account may open one {one.text} by a link and see {shows}", path
    )
    moves = listing([quoted(spoken(move)) for move in link.moves])
    if moves:
        noun = "move" if len(link.moves) == 1 else plural("move")
        yield line(f"by the link they may make the {noun} {moves}", f"{path}.moves")
    ends = counted(link.expires.amount, link.expires.unit)
    yield line(f"the link ends after {ends}, and can be taken back before", f"{path}.expires")


def check_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """What must always hold, with the message that people see when it does not."""
    one = words.one(record.name).text
    for check in record.checks:
        rule = Phrases(words, record.name).of(check.expression)
        message = quoted(check.message)
        yield line(
            f"it must hold for every {one} that {rule}; otherwise people read {message}",
            f"records.{record.name}.checks.{check.message}",
        )
