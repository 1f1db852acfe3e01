"""Files that are not blueprints, or try to break what reads them: refused, at once, in words."""

from __future__ import annotations

from collections import deque

import pytest

from scaffold.blueprint import BlueprintError, Fault, check, load
from tests.language.pace import AT_MOST, EXAMPLE, at_once

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [*{old},*{old},*{old},*{old},*{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MONSTERS: dict[str, tuple[str | bytes, str]] = {
    "ten megabytes": (b"x" * 10_000_000, "1:1 too-large"),
    "ten megabytes of text": ("é" * 10_000_000, "1:1 too-large"),
    "an alias bomb": (BOMB, "1:4 alias"),
    "an alias": ("app: *x", "1:6 alias"),
    "a merge of itself": ("a: &a\n  <<: *a", "1:4 alias"),
    "lists 100,000 deep": ("[" * 100_000, "1:1 too-deep"),
    "blocks in lists 100,000 deep": ("[{a: " * 100_000, "1:51 too-deep"),
    "braces 100,000 deep": ("{a: " * 100_000, "1:81 too-deep"),
    "dashes 100,000 deep": ("- " * 100_000, "1:41 too-deep"),
    "question marks 100,000 deep": ("? " * 100_000, "1:3 key"),
    "blocks 1,000 deep": ("".join(" " * n + "a:\n" for n in range(1_000)), "21:21 too-deep"),
    "UTF-16": ("blueprint: 1".encode("utf-16"), "1:1 encoding"),
    "UTF-16 without a mark": ("blueprint: 1".encode("utf-16-le"), "1:2 unreadable-character"),
    "UTF-32": ("blueprint: 1".encode("utf-32"), "1:1 encoding"),
    "latin-1": ("blueprint: 1\napp: Café".encode("latin-1"), "2:9 encoding"),
    "a NUL": (b"blueprint: 1\napp: a\x00b", "2:7 unreadable-character"),
    "an escaped NUL": ('app: "a\\0b"', "1:6 unreadable-character"),
    "an escaped surrogate": ('app: "\\ud800"', "1:6 unreadable-character"),
    "a lone surrogate": ("app: \ud800", "1:6 unreadable-character"),
    "a tag": ("app: !!python/object:os.system x", "1:6 tag"),
    "a tag of its own": ("!mine\napp: x", "1:1 tag"),
    "two documents": ("---\napp: a\n---\napp: b", "3:1 documents"),
    "nothing": ("", "1:1 empty"),
    "a comment": ("# nothing here\n", "1:1 empty"),
    "a list": ("- blueprint: 1", "1:1 shape"),
    "a word": ("blueprint", "1:1 shape"),
    "a key that is a list": ("? [a, b]\n: c", "1:3 key"),
    "an open bracket": ("app: [a", "1:8 yaml"),
    "an open quote": ("app: 'a", "1:8 yaml"),
    "a tab": ("app:\n\t- x", "2:1 yaml"),
    "two colons": ("about: we mend: things", "1:15 yaml"),
    "60,000 keys": ("".join(f"k{n}: {n}\n" for n in range(60_000)), "10000:1 too-large"),
    "a huge whole number": (f"blueprint: {'9' * 100_000}", "1:12 shape"),
    "not a number": ("blueprint: .nan", "1:12 shape"),
    "a date": ("blueprint: 2027-01-01", "1:12 shape"),
    "a line of a million letters": (f"app: {'x' * 900_000}", "1:1 missing-key"),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_refused_in_words_and_at_once(name: str) -> None:
    text, expected = MONSTERS[name]
    with at_once():
        faults = check(text, "monster.yml")
    assert expected in [_place(fault) for fault in faults]
    assert faults[0].message.endswith(".")


def test_what_does_too_much_is_noticed() -> None:
    texts = [EXAMPLE.read_text(encoding="utf-8")] * (AT_MOST + 1)
    with pytest.raises(AssertionError, match="calls; "), at_once():
        deque(map(check, texts), maxlen=0)


def _place(fault: Fault) -> str:
    return f"{fault.line}:{fault.column} {fault.code}"


def test_a_byte_order_mark_of_utf_8_does_no_harm() -> None:
    faults = check("\ufeffblueprint: 2".encode(), "marked.yml")
    assert "1:12 shape" in [_place(fault) for fault in faults]


def test_emoji_and_other_scripts_are_text() -> None:
    text = "blueprint: 1\napp: 🚲 自転車 ремонт\nroles: {a: ß}\n"
    text += "records: {Bike: {fields: {name: text}}}"
    assert [fault.code for fault in check(text)] == ["nobody-may"]


def test_duplicate_keys_are_found_everywhere_in_one_pass() -> None:
    text = "blueprint: 1\napp: a\napp: b\nroles: {x: y, x: z}\nrecords: {A: {}, A: {}}"
    doubles = [fault for fault in check(text) if fault.code == "duplicate-key"]
    assert [(fault.line, fault.path) for fault in doubles] == [
        (3, "app"),
        (4, "roles.x"),
        (5, "records.A"),
    ]


def test_at_most_a_hundred_faults_are_said() -> None:
    text = "blueprint: 1\n" + "".join(f"k{n}: {n}\n" for n in range(500))
    assert len(check(text)) == 100


def test_the_error_names_the_file_and_the_hint() -> None:
    with pytest.raises(BlueprintError) as caught:
        load("blueprint: 1\napp: A\ncurency: USD", "my.yml")
    assert "my.yml:3:1: A blueprint has no key 'curency'.\n  hint: did you mean currency?" in str(
        caught.value
    )
    assert caught.value.exit_code == 1
