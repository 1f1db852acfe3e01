"""What the mutation run leaves out of a policy."""

from __future__ import annotations

from dev.mutants import mutants

POLICY = """
POLICY = access.Policy(
    Job,
    {"office": ["add", "see own"]},
    masked=["note"],
    set_by={"price": ["office"]},
    workflow=w.Workflow(
        {
            "send": w.Move(
                ["new"],
                "sent",
                by=["office"],
                only_owner=True,
                needs=["price"],
                asks=["reason"],
                not_same_person_as="check",
            )
        },
        locked=["sent"],
    ),
)
"""


def test_each_thing_that_a_policy_says_is_left_out_once() -> None:
    found = [(mutant.kind, mutant.words) for mutant in mutants(POLICY)]
    assert sorted(found) == [
        ("asks", "'reason'"),
        ("by", "'office'"),
        ("from", "'new'"),
        ("locked", "'sent'"),
        ("masked", "'note'"),
        ("may", "'add'"),
        ("may", "'see own'"),
        ("needs", "'price'"),
        ("not_same_person_as", "'check'"),
        ("only_owner", "True"),
        ("set_by", "'office'"),
    ]


def test_a_mutant_lacks_what_it_leaves_out_and_nothing_else() -> None:
    texts = {(mutant.kind, mutant.words): mutant.text for mutant in mutants(POLICY)}
    assert "by=[]" in texts["by", "'office'"]
    assert "'price': []" in texts["set_by", "'office'"]
    assert "{'office': ['add']}" in texts["may", "'see own'"]
    assert "only_owner" not in texts["only_owner", "True"]
    assert all("'sent'" in text for text in texts.values())
