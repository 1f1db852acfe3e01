"""One value goes into a blueprint's text, and every other character stays."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from scaffold.interview.amend import append_item, flow, set_key

TEXT = """\
# top
app: X  # its name
identity: {staff: google}
support:
  first: {who: team}   # who

  # between

records:
  A:
    fields:
      mail: email   # short
"""


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("app", "Z", "app: Z  # its name"),
        ("app", "yes", 'app: "yes"  # its name'),
        ("app", 'a "b": c', 'app: "a \\"b\\": c"  # its name'),
        ("identity.staff", "okta", "identity: {staff: okta}"),
        ("identity.customers", "none", "identity: {staff: google, customers: none}"),
        ("support.first.name", "A, b", '  first: {who: team, name: "A, b"}   # who'),
        ("support.until", "2027-01-01", "  until: 2027-01-01"),
        ("support.may_lose", "1 hour", "  may_lose: 1 hour"),
        ("delivery.ci", "github", "delivery: {ci: github}"),
        ("devices", ["a", "b"], "devices: [a, b]"),
        ("currency", "EUR", "currency: EUR"),
    ],
)
def test_one_line_changes(key: str, value: Any, line: str) -> None:
    after = set_key(TEXT, key, value)
    assert line in after.splitlines()
    changed = set(after.splitlines()) - set(TEXT.splitlines())
    assert changed == {line}
    assert len(after.splitlines()) - len(TEXT.splitlines()) in (0, 1)


def test_a_word_in_place_of_a_block_stays_in_the_block() -> None:
    after = set_key(TEXT, "records.A.fields.mail.data", "personal", short="is")
    assert "      mail: {is: email, data: personal}   # short\n" in after


def test_a_new_key_stands_before_the_comment_that_follows() -> None:
    after = set_key(TEXT, "support.pays", "a@b.example")
    assert after.index("pays:") < after.index("# between")


def test_a_text_without_an_end_of_line_gets_one() -> None:
    assert set_key("a: 1", "b", 2) == "a: 1\nb: 2\n"


def test_an_empty_text_gets_its_first_key() -> None:
    assert set_key("", "a.b", 1) == "a: {b: 1}\n"


def test_a_key_without_a_value_gets_one() -> None:
    assert YAML(typ="safe").load(set_key("a:\nb: 1\n", "a", "x")) == {"a": "x", "b": 1}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\n", "a: 1\nx:\n  - {k: v}\n"),
        ("x:\n  - {k: u}  # old\na: 1\n", "x:\n  - {k: u}  # old\n  - {k: v}\na: 1\n"),
        ("x: [{k: u}]\na: 1\n", "x: [{k: u}, {k: v}]\na: 1\n"),
        ("x: []\na: 1\n", "x: [{k: v}]\na: 1\n"),
    ],
)
def test_a_list_gets_one_more_item(text: str, after: str) -> None:
    assert append_item(text, "x", {"k": "v"}) == after


PLAIN = ("a", "1 hour", "é", "a,b", "2027-01-01x")
READ_OTHERWISE = ("no", "Off", "1", "1.5", "0x1", "null", "~", "", " a", "a ", "a\nb")
SIGNS = ("a: b", "- a", "a #b", "*a", "&a", "!a", "@a", "`a", "%a", "[", "}", "'", '"')


@pytest.mark.parametrize("value", [*PLAIN, *READ_OTHERWISE, *SIGNS])
def test_every_text_is_read_back_as_itself(value: str) -> None:
    for place in (value, [value], {"k": value}):
        assert YAML(typ="safe").load(f"x: {flow(place)}") == {"x": place}
