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
from scaffold.resolve.not_built import UNBUILT, of_records

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
{blueprint}

model:
  type: json
  ask: false
  help: What the blueprint resolves to
  default: |
{model}

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
  default: |
{not_built}
"""

_GUESSES = "(unsure + ['separation'] if separation != 'no' else unsure) | unique"
_OPEN_ITEMS = f"""\
{{% set about = ABOUT %}}
{{% set due = '%Y-%m-%d' | strftime(('%s' | strftime | int) + 14 * 86400) %}}
{{% set who = first_administrator or 'whoever generated the project' %}}
[{{% for name in {_GUESSES} %}}
{{{{ {{'about': about[name], 'by': due, 'who': who}} | to_json }}}}
{{{{ '' if loop.last else ',' }}}}
{{% endfor %}}]
"""
_NOT_BUILT = """\
{% set sentences = [] %}
{% for value, sentence, built in [ROWS] if value not in built %}
{% set _ = sentences.append(sentence.replace('{}', value)) %}
{% endfor %}
{{ (sentences + RECORDS) | to_json }}
"""
_WITH_KEEP = "keep in ('3_years', '7_years', '10_years')"
_HIDDEN = "show_contacts == 'after_click'"
_KEEP_RULE = "    keep: {for: 99 years, after: archived, then: erase}\n"


def page() -> str:
    """The whole file."""
    about = json.dumps({name: ABOUT[name] for name in UNSURE})
    parts = {
        "blueprint": _blueprint().replace("GUESSES", _GUESSES).replace("ABOUT", about),
        "model": _model(),
        "open_items": _OPEN_ITEMS.replace("ABOUT", about),
        "not_built": _NOT_BUILT.replace("ROWS", _rows()).replace("RECORDS", _unbuilt()),
    }
    return _PAGE.format(**{k: textwrap.indent(v, "    ").rstrip() for k, v in parts.items()})


def _starter(hidden: bool, kept: bool) -> str:
    """The starter as it is when contacts are masked, and when customers are not kept for ever."""
    text = STARTER.read_text(encoding="utf-8")
    if hidden:
        text = text.replace("data: internal personal", "data: confidential personal")
    return text.replace("\n  Task:", f"{_KEEP_RULE}\n  Task:") if kept else text


def _blueprint() -> str:
    """The answers, then the records."""
    text = _starter(hidden=False, kept=True)
    records = text[text.index("\nroles:") :].lstrip("\n")
    level = f"{{{{ 'confidential' if {_HIDDEN} else 'internal' }}}} personal"
    rule = _KEEP_RULE.replace("99 years", "{{ keep | replace('_', ' ') }}")
    rule = rule.replace("erase", "{{ keep_then }}")
    records = records.replace("internal personal", level)
    records = records.replace(_KEEP_RULE, f"{{% if {_WITH_KEEP} %}}\n{rule}{{% endif %}}\n")
    return HEAD.read_text(encoding="utf-8") + records


def _model() -> str:
    """The model in both forms; its keeping rule is filled in."""
    return (
        f"{{% if {_HIDDEN} %}}\n{_model_when(hidden=True)}\n"
        f"{{% else %}}\n{_model_when(hidden=False)}\n{{% endif %}}\n"
    )


def _model_when(hidden: bool) -> str:
    model = resolve(load(_starter(hidden, kept=True)))["model"]
    text = json.dumps(canonical(model), ensure_ascii=False, sort_keys=True)
    said = {"after": "archived", "for": "99 years", "then": "erase", "unless": ""}
    rule = json.dumps(said, sort_keys=True)
    before, after = text.split(rule)
    filled = rule.replace("99 years", "{{ keep | replace('_', ' ') }}")
    filled = filled.replace("erase", "{{ keep_then }}")
    choice = f"{{% if {_WITH_KEEP} %}}{filled}{{% else %}}null{{% endif %}}"
    return f"{{% raw %}}{before}{{% endraw %}}{choice}{{% raw %}}{after}{{% endraw %}}"


def _rows() -> str:
    """Each fact with its sentence, and the values for which nothing is missing."""
    rows = [f"({n}, {json.dumps(s)}, {json.dumps(built)})" for n, (s, built) in UNBUILT.items()]
    return ", ".join(rows)


def _unbuilt() -> str:
    """What is said of the records, whatever is answered."""
    return json.dumps(of_records(load(_starter(hidden=False, kept=False))))


if __name__ == "__main__":
    MODEL.write_text(page(), encoding="utf-8")
    sys.stderr.write(f"{MODEL.relative_to(ROOT)} is written.\n")
