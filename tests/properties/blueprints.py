"""Random blueprints, over the whole language, as YAML; every one of them is legal."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st

from scaffold.names import record_names
from tests.properties.computing import compute
from tests.properties.conduct import allow, people, work
from tests.properties.fields import LEVELS, Around, Known, choice_words
from tests.properties.records import begin, fill, join
from tests.properties.sketches import Sketch
from tests.properties.values import Block
from tests.properties.words import chance, prose, record_name, some, words

SIZES = (1, 2, 3, 4, 5, 6, 8)
LARGEST = 40
SEEDS = st.integers(0, 2**32 - 1)
SURE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*( [A-Za-z0-9_]+)*")


def blueprints(most: int = LARGEST) -> st.SearchStrategy[str]:
    """Legal blueprints with up to so many records, most of them small.

    Each is drawn from one seed, because a large one needs more choices than Hypothesis keeps of
    an example; what shrinks is the number of records.
    """
    sizes = st.sampled_from(sorted({min(size, most) for size in (*SIZES, LARGEST)}))
    return st.builds(lambda size, seed: blueprint(Random(seed), size), sizes, SEEDS)  # noqa: S311


def blueprint(r: Random, size: int) -> str:
    """One legal blueprint with so many records."""
    said = _head(r)
    level = LEVELS.index(said["data"].split()[0]) if "data" in said else 1
    roles = words(r, r.choice((1, 2, 3, 6)))
    said["roles"] = people(r, roles)
    sketches = _sketches(r, size)
    around = Around(level, roles, "currency" in said)
    _records(r, sketches, around)
    apart = [one.name for one in sketches[1:] if _may_separate(one, sketches)]
    said |= {"separate_by": r.choice(apart)} if apart and chance(r, 0.3) else {}
    said["records"] = {one.name: one.said for one in sketches if one.said or one.name != "User"}
    return as_yaml(said)


def _may_separate(one: Sketch, sketches: list[Sketch]) -> bool:
    """Whether a first row of it can be added, and its rows and their parts list none of others."""
    shared = [other for other in sketches if other.tops(one)]
    return not (one.parent or one.needs or any(k.many for o in shared for k in o.fields.values()))


def _head(r: Random) -> Block:
    said: Block = {"blueprint": 1, "app": prose(r, 60)}
    said |= {"about": prose(r)} if chance(r, 0.7) else {}
    said |= {"currency": r.choice(("USD", "JPY", ["CHF", "EUR"]))} if chance(r, 0.7) else {}
    said |= {"timezone": r.choice(("Europe/Stockholm", "UTC"))} if chance(r, 0.5) else {}
    said |= {"data": r.choice(LEVELS)} if chance(r, 0.5) else {}
    said |= {"audit": r.choice(("changes", "reads"))} if chance(r, 0.3) else {}
    if chance(r, 0.5):
        staff = r.choice(("microsoft", "password", "none", "other"))
        said["identity"] = {"staff": staff, "devices": some(r, ["own_computer", "phone"], 2)}
    if chance(r, 0.5):
        first = {"who": r.choice(("team", "founder", "partner")), "name": prose(r, 90)}
        said["support"] = {"first": first | {"contact": prose(r, 90)}, "pays": prose(r, 90)}
    if chance(r, 0.3):
        said["delivery"] = {"ci": r.choice(("github", "gitlab")), "budget": "200 a month"}
        said["open_items"] = [{"about": "support.pays", "who": prose(r, 50), "by": "2027-01-31"}]
    return said


def _sketches(r: Random, count: int) -> list[Sketch]:
    taken: set[str] = {"users", "user"}
    found = [Sketch("User", record_names("User"), gone={"name", "email"})]
    for _ in range(count - 1 if chance(r, 0.5) else count):
        names, plural = record_name(r, taken)
        sketch = Sketch(names.class_name, names)
        sketch.said |= {"plural": plural} if plural else {}
        found.append(sketch)
    return found if len(found) > 1 else _sketches(r, 2)


def _records(r: Random, sketches: list[Sketch], around: Around) -> None:
    for at, sketch in enumerate(sketches):
        parents = [one for one in sketches[1:at] if one is not sketch]
        sketch.said["about"] = prose(r)
        inner = begin(r, sketch, parents, around)
        if sketch.name == "User":
            around.pair += [one for one in _shared(r) if sketch.takes(one.name)]
        most = 3 if sketch.name == "User" else r.choice((1, 3, 5, 8, 15))
        inner.pair = around.pair
        if sketch.name != "User" or around.pair or chance(r, 0.6):
            fill(r, sketch, inner, sketches, most)
            join(r, sketch)
    for sketch in sketches:
        whole = any(other.parent is sketch for other in sketches)
        work(r, sketch, around.roles, whole=whole)
        allow(r, sketch, around.roles, around.pair)
    for sketch in sketches:
        compute(r, sketch, sketches)
        order = list(sketch.said)
        r.shuffle(order)
        sketch.said = {key: sketch.said[key] for key in order}


def _shared(r: Random) -> list[Known]:
    """Fields that users have as well as other records."""
    if chance(r, 0.6):
        return []
    name = words(r, 1, 20)[0]
    if chance(r, 0.5):
        return [Known(name, "text")]
    return [Known(name, "choice", choices=choice_words(r))]


class _Dumper(yaml.SafeDumper):
    """YAML in which whatever is not a plain word stands in double quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        """What stands twice is written twice."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = SURE.fullmatch(text) and len(text) > 2 and text not in ("yes", "off", "true", "null")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


def _number(dumper: yaml.SafeDumper, number: Decimal | float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{Decimal(str(number)):f}")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(float, _number)


def as_yaml(said: Block) -> str:
    """The blueprint."""
    return yaml.dump(said, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
