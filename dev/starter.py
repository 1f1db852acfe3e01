"""Writes templates/questions/model.yml from examples/starter.yml: `make starter`.

Plain copier has no resolver, so the starter blueprint is resolved here and stored as the
default of its question. A test holds the file current.
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

from scaffold.answers import canonical
from scaffold.blueprint import load
from scaffold.resolve import resolve
from scaffold.resolve.facts import ABOUT, UNSURE

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "examples" / "starter.yml"
MODEL = ROOT / "templates" / "questions" / "model.yml"
HEAD = Path(__file__).with_name("starter_head.jinja")

_PAGE = """\
# Written by `make starter` from examples/starter.yml; edits are lost.
# Nothing here is asked: `scaffold new` and `scaffold answers` bring it, and plain copier starts
# from the small model below.

blueprint:
  type: str
  ask: false
  help: The blueprint's text
  default: |
{text}

model:
  type: json
  ask: false
  help: What the blueprint resolves to
  default: {model}

open_items:
  type: json
  ask: false
  help: Every "I don't know", with who finds out, by when
  default: |
{open_items}

not_built:
  type: json
  ask: false
  help: What the blueprint says and is not built yet
  default: {not_built}
"""

_OPEN_ITEMS = """\
{% set about = ABOUT %}
{% set due = '%Y-%m-%d' | strftime(('%s' | strftime | int) + 14 * 86400) %}
{% set who = first_administrator or 'whoever generated the project' %}
[{% for name in unsure %}
{{ {'about': about[name], 'by': due, 'who': who} | to_json }}{{ '' if loop.last else ',' }}
{% endfor %}]
"""


def page() -> str:
    """The whole file."""
    text = STARTER.read_text(encoding="utf-8")
    answers = canonical(resolve(load(text, STARTER.name)))
    records = text[text.index("\nroles:") :].lstrip("\n")
    about = json.dumps({name: ABOUT[name] for name in UNSURE})
    head = HEAD.read_text(encoding="utf-8").replace("ABOUT", about)
    blueprint = head + f"{{% raw %}}{records}{{% endraw %}}\n"
    return _PAGE.format(
        text=textwrap.indent(blueprint, "    ").rstrip(),
        model=json.dumps(answers["model"], ensure_ascii=False, sort_keys=True),
        open_items=textwrap.indent(_OPEN_ITEMS.replace("ABOUT", about), "    ").rstrip(),
        not_built=json.dumps(answers["not_built"], ensure_ascii=False),
    )


if __name__ == "__main__":
    MODEL.write_text(page(), encoding="utf-8")
    sys.stderr.write(f"{MODEL.relative_to(ROOT)} is written.\n")
