"""What the mutation run leaves out of a policy."""

from __future__ import annotations

from dev.mutants import mutants
from dev.rule_mutants import changed

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
                if_=w.If("price > 0", "{price} > 0"),
                tells=["clerk"],
                once_past="due",
            )
        },
        locked=["sent"],
    ),
)
"""


MODELS = """
class Job(Entity):
    __checks__ = c.checks({"Priced.": "{price} > 0"})
    __table_args__ = (unique("jobs", "name", "site_id"),)
    price = c.field("internal", min=0, max=5)
    site_id = c.relation("sites", if_deleted="refuse", unique=True)
    total = c.calculated(c.Money, "internal", of="{price} * 2")
"""


def test_each_rule_of_a_model_is_changed_once() -> None:
    found = {mutant.kind: mutant.text for mutant in changed(MODELS)}
    assert sorted(mutant.kind for mutant in changed(MODELS)) == [
        "calculated",
        "check",
        "check, negated",
        "if_deleted",
        "max",
        "min",
        "unique",
        "unique",
    ]
    assert "NOT ({price} > 0)" in found["check, negated"]
    assert "c.checks({})" in found["check"]
    assert "CASE WHEN false THEN {price} * 2 END" in found["calculated"]
    assert "if_deleted='leave_blank'" in found["if_deleted"]
    assert "max" not in found["max"]
    assert "min=0" in found["max"]


def test_each_thing_that_a_policy_says_is_left_out_once() -> None:
    found = [(mutant.kind, mutant.words) for mutant in mutants(POLICY)]
    assert sorted(found) == [
        ("asks", "'reason'"),
        ("by", "'office'"),
        ("from", "'new'"),
        ("if_", "w.If('price > 0', '{price} > 0')"),
        ("if_, negated", "{price} > 0"),
        ("locked", "'sent'"),
        ("masked", "'note'"),
        ("may", "'add'"),
        ("may", "'see own'"),
        ("needs", "'price'"),
        ("not_same_person_as", "'check'"),
        ("once_past", "'due'"),
        ("only_owner", "True"),
        ("set_by", "'office'"),
        ("tells", "'clerk'"),
    ]


def test_a_mutant_lacks_what_it_leaves_out_and_nothing_else() -> None:
    texts = {(mutant.kind, mutant.words): mutant.text for mutant in mutants(POLICY)}
    assert "by=[]" in texts["by", "'office'"]
    assert "'price': []" in texts["set_by", "'office'"]
    assert "{'office': ['add']}" in texts["may", "'see own'"]
    assert "only_owner" not in texts["only_owner", "True"]
    assert all("'sent'" in text for text in texts.values())
