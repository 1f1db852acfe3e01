"""What may be done with random records: grants, owners, workflows, keeping, links."""

from __future__ import annotations

from random import Random

from scaffold.names import LANGUAGE_WORDS, move_taken
from tests.properties.fields import Known
from tests.properties.sketches import Sketch
from tests.properties.values import Block
from tests.properties.words import chance, field_name, lower_name, prose, some

VERBS = ("add", "see", "change", "archive", "export", "unmask")
SPANS = ("7 years", "30 days", "18 months", "1 hour")


def allow(r: Random, sketch: Sketch, roles: list[str], pair: list[Known]) -> None:
    """Grants with and without scopes, and the owner that `own` speaks of."""
    if sketch.parent is not None:
        return
    owned = sketch.name == "User" or _owner(r, sketch)
    pairs = [one.name for one in pair if sketch.fields.get(one.name) is one]
    may: Block = {}
    for role in some(r, roles, len(roles)):
        verbs = some(r, VERBS, len(VERBS))
        verbs = ["add", "see", "change", *verbs] if chance(r, 0.4) else verbs
        # Nobody adds themselves: who is added to the users is somebody else.
        never = {"add"} if sketch.name == "User" else set()
        grants = [
            _grant(r, verb, owned and verb not in never, pairs) for verb in dict.fromkeys(verbs)
        ]
        may[role] = grants[0] if len(grants) == 1 and chance(r, 0.5) else grants
    if sketch.name != "User" or chance(r, 0.7):
        sketch.said["may"] = may


def _grant(r: Random, verb: str, owned: bool, pairs: list[str]) -> str:
    scopes = ["", "", *[" own"] * owned, *(f" same {name}" for name in pairs)]
    return f"{verb}{r.choice(scopes)}"


def _owner(r: Random, sketch: Sketch) -> bool:
    """Name a path to a user as owner, if there is one."""
    paths = _people(sketch)
    for need in sketch.needs:
        through = [n for n, k in sketch.fields.items() if k.target == need.name and not k.many]
        paths += [f"{through[0]}.{end}" for end in _people(need)]
    if not paths or chance(r, 0.3):
        return False
    far = [path for path in paths if "." in path]
    sketch.said["owner"] = r.choice(far or paths)
    return True


def _people(sketch: Sketch) -> list[str]:
    return [n for n, k in sketch.fields.items() if k.target == "User" and not k.many]


def work(r: Random, sketch: Sketch, roles: list[str], *, whole: bool) -> None:
    """A workflow, a keeping rule, a link, and what deleting means."""
    if sketch.name == "User" or sketch.parent is not None:
        return
    said = sketch.said
    if chance(r, 0.3):
        _workflow(r, sketch, roles, whole=whole)
    if chance(r, 0.4):
        said["delete"] = r.choice(("archive", "forbid", "erase"))
    _keep(r, sketch)
    if chance(r, 0.1):
        said["link"] = {"shows": some(r, list(sketch.fields), 3), "expires": r.choice(SPANS)}
    if chance(r, 0.2):
        said["steward"] = r.choice(roles)
    if chance(r, 0.2):
        said["audit"] = r.choice(("changes", "reads"))


def _keep(r: Random, sketch: Sketch) -> None:
    said = sketch.said
    # `archived` means when a row was archived, whatever a field is called.
    dates = [name for name in sketch.of_type("date", "datetime") if name != "archived"]
    if said.get("delete", "archive") == "archive":
        dates.append("archived")
    if dates and chance(r, 0.3):
        flags = sketch.of_type("yes_no")
        unless = {"unless": r.choice(flags)} if flags and chance(r, 0.5) else {}
        then = r.choice(("erase", "remove_names"))
        said["keep"] = {"for": r.choice(SPANS), "after": r.choice(dates), "then": then, **unless}


def _workflow(r: Random, sketch: Sketch, roles: list[str], *, whole: bool) -> None:
    """A workflow; something of a `whole` has to be open, or nothing could be added to it."""
    found = [lower_name(r, 40) for _ in range(r.randint(1, 8))]
    stages = [word for word in dict.fromkeys(found) if word not in LANGUAGE_WORDS] or ["open"]
    sketch.gone.add("stage")
    moves: Block = {}
    for _ in range(r.randint(0, 4)):
        name = r.choice((field_name(r), "return", "pass", "submit", "import_all"))
        if move_taken(name) or name in sketch.gone or name in moves:
            continue
        moves[name] = _move(r, sketch, stages, roles, [n for n in moves if moves[n].get("by")])
    sketch.gone |= set(moves)
    locked = some(r, stages, 2, 0) if chance(r, 0.5) else []
    locked = [] if whole and set(locked) == set(stages) else locked
    sketch.said["workflow"] = {"stages": stages, "moves": moves, "locked": locked}


def _move(
    r: Random, sketch: Sketch, stages: list[str], roles: list[str], before: list[str]
) -> Block:
    said: Block = {"from": some(r, stages, 2), "to": r.choice(stages), "by": some(r, roles, 2)}
    said["from"] = said["from"][0] if len(said["from"]) == 1 else said["from"]
    if chance(r, 0.3):
        said["asks"] = [field_name(r)]
    if before and chance(r, 0.3):
        said["not_same_person_as"] = r.choice(before)
    if "owner" in sketch.said and chance(r, 0.3):
        said["only_owner"] = True
    dates, people = sketch.of_type("date", "datetime"), _people(sketch)
    if dates and chance(r, 0.2):
        said["once_past"] = r.choice(dates)
    if people and chance(r, 0.3):
        said["tells"] = people[0]
    typed = [n for n, k in sketch.fields.items() if not k.calculated]
    if typed and chance(r, 0.3):
        said["needs"] = some(r, typed, 2)
    return said


def people(r: Random, roles: list[str]) -> Block:
    """The roles of a blueprint."""
    return {role: prose(r) for role in roles}
