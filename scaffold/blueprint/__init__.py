"""The blueprint language: reading a blueprint, checking it, and what it means."""

from __future__ import annotations

from scaffold.blueprint.faults import BlueprintError, Fault, faults_as_text
from scaffold.blueprint.load import check, load
from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.schema import schema

__all__ = ["Blueprint", "BlueprintError", "Fault", "check", "faults_as_text", "load", "schema"]
