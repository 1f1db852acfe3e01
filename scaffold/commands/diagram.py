"""`scaffold diagram`: a blueprint's records and workflows, drawn in Mermaid."""

from __future__ import annotations

from pathlib import Path

from scaffold import console
from scaffold.blueprint import load
from scaffold.blueprint.diagrams import diagrams_as_markdown, records_diagram, workflow_diagram
from scaffold.document import read_document
from scaffold.errors import FINE


def run(file: Path, json: bool = False) -> int:
    """Print a page of Markdown with the diagrams, or each by itself as JSON."""
    document = read_document(file)
    blueprint = load(document.content, document.name)
    if json:
        drawn = {r.name: workflow_diagram(r) for r in blueprint.records.values() if r.workflow}
        console.data_as_json({"records": records_diagram(blueprint), "workflows": drawn})
    else:
        console.data(diagrams_as_markdown(blueprint))
    return FINE
