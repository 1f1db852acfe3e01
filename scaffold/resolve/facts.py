"""What a blueprint says about people and running, as the answers that copier stores.

A fact that the language cannot say (who the first administrator is, say) comes from the answers
that the project already has; a fact that it can say always comes from the blueprint.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scaffold.blueprint.models import Blueprint
from scaffold.resolve.people import keeping, people, sensitive, shows_contacts

Facts = dict[str, Any]

KEYS: Mapping[str, str] = {
    "app_name": "app",
    "about": "about",
    "currencies": "currency",
    "timezone": "timezone",
    "posture": "data",
    "audit": "audit",
    "separation": "separate_by",
    "users": "identity",
    "staff_sign_in": "identity.staff",
    "customer_sign_in": "identity.customers",
    "sign_up": "identity.sign_up",
    "software_access": "identity.software",
    "devices": "identity.devices",
    "support_who": "support.first.who",
    "support_name": "support.first.name",
    "support_contact": "support.first.contact",
    "code_owners": "support.first.code_owners",
    "support_stand_in": "support.stand_in",
    "support_until": "support.until",
    "support_hours": "support.hours",
    "after_hours": "support.after_hours",
    "respond": "support.respond",
    "may_be_down": "support.may_be_down",
    "may_lose": "support.may_lose",
    "pays": "support.pays",
    "ci": "delivery.ci",
    "run_on": "delivery.run_on",
    "budget": "delivery.budget",
}
"""The facts that a blueprint can say, and the dotted key where it says each."""

ABOUT: Mapping[str, str] = {
    **KEYS,
    "people": "data.people",
    "sensitive": "data.sensitive",
    "show_contacts": "data.show_contacts",
    "keep": "records.keep",
    "keep_then": "records.keep_then",
    "first_administrator": "identity.first_administrator",
    "stand_in_administrator": "identity.stand_in_administrator",
    "support_takes_over": "support.takes_over",
}
"""What an open item is about, for every fact that may be a guess."""

KEPT = {"first_administrator": "", "stand_in_administrator": "", "support_takes_over": ""}
"""The facts that only an answer can say, and what they are until somebody does."""

_DEVICES = ("own_computer", "phone", "shared")


def facts(blueprint: Blueprint, applied: Mapping[str, Any] | None = None) -> Facts:
    """Every stored fact but the model; `applied` are the answers of the project, if it has any.

    JSON types only: lists carry order, dates and spans are text.
    """
    known = applied or {}
    return {
        **_project(blueprint),
        **_data(blueprint, known),
        **_identity(blueprint),
        **_support(blueprint),
        **{name: str(known.get(name) or unknown) for name, unknown in KEPT.items()},
        "blueprint": blueprint.text,
        "open_items": [
            {"about": item.about, "by": item.by, "who": item.who} for item in blueprint.open_items
        ],
        "unsure": _unsure(blueprint, known),
    }


def _project(blueprint: Blueprint) -> Facts:
    delivery = blueprint.delivery
    budget = delivery.budget
    return {
        "app_name": blueprint.app,
        "about": blueprint.about or f"Keeps the records of {blueprint.app}.",
        "currencies": list(blueprint.currencies),
        "timezone": blueprint.timezone,
        "ci": delivery.ci,
        "run_on": delivery.run_on,
        "budget": f"{budget.amount} a {budget.per}" if budget else "",
    }


def _data(blueprint: Blueprint, known: Mapping[str, Any]) -> Facts:
    keep, then = keeping(blueprint)
    return {
        "people": people(blueprint, known.get("people", ())),
        "sensitive": sensitive(blueprint, known.get("sensitive", ())),
        "posture": str(blueprint.posture.value),
        "show_contacts": shows_contacts(blueprint),
        "separation": _separation(blueprint, known),
        "keep": keep,
        "keep_then": then,
        "audit": blueprint.audit,
    }


def _separation(blueprint: Blueprint, known: Mapping[str, Any]) -> str:
    """What the blueprint says; what was wanted, as long as that is an open item of it."""
    if blueprint.separate_by is None:
        wanted = any(item.about == "separate_by" for item in blueprint.open_items)
        return str(known.get("separation", "no")) if wanted else "no"
    return "branches" if blueprint.separate_by == "Branch" else "customers"


def _identity(blueprint: Blueprint) -> Facts:
    identity = blueprint.identity
    uses = {
        "staff": identity.staff != "none",
        "customers": identity.customers != "none",
        "link": any(record.link for record in blueprint.records.values()),
        "software": identity.software != "none",
    }
    return {
        "users": [who for who, present in uses.items() if present] or ["link"],
        "staff_sign_in": identity.staff,
        "customer_sign_in": identity.customers,
        "sign_up": identity.sign_up,
        "software_access": identity.software,
        "devices": [device for device in _DEVICES if device in identity.devices],
    }


def _support(blueprint: Blueprint) -> Facts:
    support = blueprint.support
    return {
        "support_who": support.first.who,
        "support_name": support.first.name or "",
        "support_contact": support.first.contact or "",
        "code_owners": support.first.code_owners or "",
        "support_stand_in": support.stand_in or "",
        "support_until": support.until or "",
        "support_hours": support.hours,
        "after_hours": support.after_hours,
        "respond": {who: str(span) for who, span in sorted(support.respond.items())},
        "may_be_down": f"{support.may_be_down} a month",
        "may_lose": str(support.may_lose),
        "pays": support.pays or "",
    }


def _unsure(blueprint: Blueprint, known: Mapping[str, Any]) -> list[str]:
    about = {item.about for item in blueprint.open_items}
    if _separation(blueprint, known) != "no":
        about.discard(ABOUT["separation"])  # it is wanted and not done, which is no guess
    return [name for name in UNSURE if ABOUT[name] in about]


UNSURE = (
    "people",
    "sensitive",
    "posture",
    "show_contacts",
    "separation",
    "keep",
    "users",
    "staff_sign_in",
    "first_administrator",
    "stand_in_administrator",
    "customer_sign_in",
    "devices",
    "support_who",
    "support_stand_in",
    "support_until",
    "after_hours",
    "may_be_down",
    "may_lose",
    "run_on",
    "budget",
    "pays",
)
"""The facts that may be a guess, in the order of the questions (`unsure` in the template)."""
