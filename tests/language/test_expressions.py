"""What expressions mean: how strongly words bind, what names are, which types come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scaffold.blueprint import load
from scaffold.blueprint.expressions.tree import (
    All,
    Arithmetic,
    Blank,
    Choice,
    Clock,
    Comparison,
    Expression,
    FieldPath,
    Literal,
    My,
    Negative,
    Node,
    Not,
    NumberOf,
    OneOf,
    Some,
    SumOf,
    Unless,
    walk,
)
from tests.language.small_blueprint import SMALL


def _if(text: str) -> Expression:
    """The condition of the move `send` of an Order."""
    quoted = text.replace("'", "''")
    flow = load(SMALL.replace("total <= my limit_up_to", f"'{quoted}'")).records["Order"].workflow
    assert flow is not None
    condition = flow.moves["send"].if_
    assert condition is not None
    return condition


def _pair(node: Any) -> str:
    return f"({_brief(node.left)} {node.sign} {_brief(node.right)})"


def _value(node: Any) -> str:
    return repr(node.value)


def _joined(word: str, nodes: tuple[Node, ...]) -> str:
    return f" {word} ".join(_brief(node) for node in nodes)


_FORMS: dict[type, Callable[[Any], str]] = {
    Literal: _value,
    Choice: _value,
    FieldPath: lambda node: ".".join(node.steps),
    My: lambda node: "my " + ".".join(node.steps),
    Clock: lambda node: str(node.name),
    SumOf: lambda node: f"sum({node.record}.{node.field})",
    NumberOf: lambda node: f"count({node.record})",
    Arithmetic: _pair,
    Comparison: _pair,
    Negative: lambda node: f"(-{_brief(node.operand)})",
    Blank: lambda node: f"({_brief(node.operand)} {'not ' * node.negated}blank)",
    OneOf: lambda node: (
        f"({_brief(node.operand)} {'not ' * node.negated}in {_joined('', node.options)})"
    ),
    Not: lambda node: f"(not {_brief(node.operand)})",
    All: lambda node: f"({_joined('and', node.operands)})",
    Some: lambda node: f"({_joined('or', node.operands)})",
    Unless: lambda node: f"({_brief(node.rule)} unless {_brief(node.exception)})",
}


def _brief(node: Node) -> str:
    """The tree with a bracket around every node that has parts."""
    return _FORMS[type(node)](node)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("paid or paid and paid", "(paid or (paid and paid))"),
        ("not paid and paid", "((not paid) and paid)"),
        ("paid unless paid or paid", "(paid unless (paid or paid))"),
        ("paid unless paid unless paid", "((paid unless paid) unless paid)"),
        ("rate + rate * rate > 1", "((rate + (rate * rate)) > 1)"),
        ("rate - rate - rate = 1", "(((rate - rate) - rate) = 1)"),
        ("(rate - 1) / 2 <= -rate", "(((rate - 1) / 2) <= (-rate))"),
        ("size is small", "(size = 'small')"),
        ("size is not small", "(size != 'small')"),
        ("size is blank or stage is sent", "((size blank) or (stage = 'sent'))"),
        ("number is not blank", "(number not blank)"),
        ("size in [small, large]", "(size in 'small'  'large')"),
        ("size not in (small)", "(size not in 'small')"),
        ("paid is yes", "(paid = True)"),
        ("paid = false", "(paid = False)"),
        ("due_on >= today - 30", "(due_on >= (today - 30))"),
        ("due_on < '2027-02-28'", "(due_on < '2027-02-28')"),
        ("sum of lines.count > number of lines", "(sum(Line.count) > count(Line))"),
        ("seller.team.name is title", "(seller.team.name = title)"),
        ("team is my team", "(team = my team)"),
        ("total * 0.25 <= my limit_up_to", "((total * '0.25') <= my limit_up_to)"),
        ("paid and(paid)and paid", "(paid and paid and paid)"),
    ],
)
def test_words_bind_as_people_read_them(text: str, tree: str) -> None:
    assert _brief(_if(text).root) == tree


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("money", "count * price", "money"),
        ("money", "price + 5", "money"),
        ("decimal", "price / price", "decimal"),
        ("integer", "count + 2 * count", "integer"),
        ("decimal", "count / 2", "decimal"),
        ("integer", "today - today", "integer"),
        ("date", "today + count", "date"),
        ("duration", "now - now", "duration"),
        ("yes_no", "count > 2", "yes_no"),
        ("text", "item", "text"),
    ],
)
def test_the_type_follows_from_the_parts(type_: str, text: str, expected: str) -> None:
    changed = SMALL.replace("calculated: sum of lines.amount", "calculated: number of lines")
    changed = changed.replace(
        "{is: money, calculated: count * price}", f"{{is: {type_}, calculated: {text}}}"
    )
    calculated = load(changed).records["Line"].fields["amount"].calculated
    assert calculated is not None
    assert calculated.type == expected
    assert calculated.text == text


def test_a_choice_comes_before_a_field_of_the_same_name() -> None:
    text = SMALL.replace("[small, large]", "[small, title]").replace(
        "size is small", "size is title"
    )
    check = load(text).records["Order"].checks[0].expression
    assert Choice("title") in list(walk(check.root))


def test_a_path_says_where_it_leads() -> None:
    (path,) = _if("seller.team is my team").paths()
    assert (path.steps, path.owner, path.type, path.target) == (
        ("seller", "team"),
        "User",
        "record",
        "Team",
    )


def test_an_expression_knows_what_it_uses() -> None:
    assert _if("due_on < today").uses(Clock)
    assert not _if("paid").uses(Clock, My)
