"""Endpoints that are the same for every record but for the schemas that they take."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request

from app.platform.access import Policy

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def taking(endpoint: Endpoint, policy: Policy, **hints: Any) -> Endpoint:
    """Say what an endpoint takes: the request, the id of what a part belongs to, and `hints`.

    The id reaches the endpoint among its keywords, by a name that only the policy knows.
    """
    parent = {} if policy.part_of is None else {f"{policy.part_of}_id": UUID}
    endpoint.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=hint)
            for name, hint in {"request": Request, **parent, **hints}.items()
        ]
    )
    return endpoint
