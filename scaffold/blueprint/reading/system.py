"""The whole system in sentences: what it is for, who gets in, who answers, where it runs."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.reading.english import counted, joined, listing, plural, quoted, spoken
from scaffold.blueprint.reading.nouns import Vocabulary, role_noun
from scaffold.blueprint.reading.page import Line, line

_STAFF = {
    "microsoft": "staff sign in with their Microsoft 365 account",
    "google": "staff sign in with their Google account",
    "okta": "staff sign in with their Okta account",
    "keycloak": "staff sign in with their Keycloak account",
    "other": "staff sign in with the company's own single sign-on",
    "password": "staff sign in with a password",
    "none": "no staff sign in",
}
_CUSTOMERS = {
    "none": "customers do not sign in",
    "email_link": "customers sign in with a link that is sent to their e-mail address each time",
    "password": "customers sign in with a password and a second step",
    "passkey": "customers sign in with a passkey",
}
_SIGN_UP = {
    "invited": "only people who were invited can sign in",
    "open": "anyone may make an account",
}
_SOFTWARE = {
    "none": "no other software gets in",
    "keys": "other software gets in with keys",
    "tokens": "other software gets in with tokens that end soon",
}
_DEVICES = {
    "own_computer": "their own computer",
    "phone": "a phone",
    "shared": "a shared computer",
}
_WHO = {
    "team": "our own team is called first",
    "partner": "a partner outside is called first",
    "founder": "the founder is called first",
    "nobody_yet": "nobody is called yet, which is still to be settled",
}
_HOURS = {
    "business": "in business hours",
    "extended": "in extended hours, early and late",
    "always": "at any hour",
}
_AFTER_HOURS = {
    "wait": "outside those hours, a fault waits until the next working day",
    "everyone_stuck": "outside those hours, somebody is called only if everyone is stuck",
    "always": "outside those hours, somebody is always called",
}
_CASES = {
    "everyone_stuck": "everyone is stuck",
    "someone_stuck": "someone is stuck",
    "question": "there is a question",
}
_CI = {"github": "GitHub", "gitlab": "GitLab", "azure": "Azure DevOps"}
_RUN_ON = {
    "compose": "on one server of ours (Docker Compose)",
    "container_apps": "on a container platform",
    "kubernetes": "on Kubernetes",
}


def purpose_lines(blueprint: Blueprint) -> Iterator[Line]:
    """What it is for, instead of what, and what holds everywhere."""
    yield line(f"the system is called {blueprint.app}", "app")
    if blueprint.about:
        yield line(blueprint.about, "about")
    why = blueprint.why_build
    if why is not None:
        yield line(f"it is built instead of using {listing(why.instead_of)}", "why_build")
        if why.because:
            yield line(f"the reason to build it: {why.because}", "why_build.because")
    if blueprint.currencies:
        yield line(_money(blueprint.currencies), "currency")
    yield line(f"days begin and end in the time zone {blueprint.timezone}", "timezone")
    seen = ", and so is who looked at a record" if blueprint.audit == "reads" else ""
    yield line(f"every change is recorded, with who made it and when{seen}", "audit")
    yield line(
        "deleting a record puts it into the archive, unless something else is said", "records"
    )
    if blueprint.separate_by:
        yield from _separation(blueprint, blueprint.separate_by)


def _money(currencies: tuple[str, ...]) -> str:
    if len(currencies) == 1:
        return f"amounts of money are in {currencies[0]}"
    several = listing(currencies, "or")
    said = "each record with an amount says which, and its parts are in the same"
    return f"amounts of money are in {several}: {said}"


def _separation(blueprint: Blueprint, record: str) -> Iterator[Line]:
    one = Vocabulary(blueprint).one(record)
    yield line(
        f"each record belongs to one {one.text} unless it is shared, and the people of one "
        f"{one.text} never see what belongs to another",
        "separate_by",
    )
    yield line(f"the list of {Vocabulary(blueprint).several(record).text} itself is common to all",
               "separate_by")  # fmt: skip


def identity_lines(blueprint: Blueprint) -> Iterator[Line]:
    """Who signs in, and how."""
    identity = blueprint.identity
    yield line(_STAFF[identity.staff], "identity.staff")
    yield line(_CUSTOMERS[identity.customers], "identity.customers")
    yield line(_SIGN_UP[identity.sign_up], "identity.sign_up")
    yield line(_SOFTWARE[identity.software], "identity.software")
    devices = listing([_DEVICES[device] for device in identity.devices], "or")
    yield line(f"people use it on {devices}", "identity.devices")


def support_lines(blueprint: Blueprint) -> Iterator[Line]:
    """Who is called, when, and how much may go wrong."""
    support, first = blueprint.support, blueprint.support.first
    name = joined(first.name, f"({first.contact})" if first.contact else None)
    who = f"{_WHO[first.who]}: {name}" if name else _WHO[first.who]
    yield line(f"when it stops, {who}", "support.first")
    if first.code_owners:
        yield line(f"changes to the code are approved by {first.code_owners}", "support.first")
    if support.stand_in:
        yield line(f"if they are away, {support.stand_in} is called", "support.stand_in")
    if support.until:
        yield line(f"they look after it until {support.until}", "support.until")
    yield line(f"somebody answers {_HOURS[support.hours]}", "support.hours")
    yield line(_AFTER_HOURS[support.after_hours], "support.after_hours")
    times = [
        f"within {counted(span.amount, span.unit)} when {_CASES.get(case, spoken(case))}"
        for case, span in support.respond.items()
    ]
    yield line(f"they answer {listing(times)}", "support.respond")
    down = counted(support.may_be_down.amount, support.may_be_down.unit)
    lost = counted(support.may_lose.amount, support.may_lose.unit)
    yield line(f"it may be down for {down} a month", "support.may_be_down")
    yield line(f"at most {lost} of work may be lost", "support.may_lose")
    if support.pays:
        yield line(f"the bills go to {support.pays}", "support.pays")


def delivery_lines(blueprint: Blueprint) -> Iterator[Line]:
    """Where it is built and runs, and what it may cost."""
    delivery, budget = blueprint.delivery, blueprint.delivery.budget
    yield line(f"its code is kept and tested on {_CI[delivery.ci]}", "delivery.ci")
    yield line(f"it runs {_RUN_ON[delivery.run_on]}", "delivery.run_on")
    if budget is not None:
        unit = f" {blueprint.currencies[0]}" if blueprint.currencies else ""
        yield line(f"it may cost {budget.amount}{unit} a {budget.per}", "delivery.budget")


def role_lines(blueprint: Blueprint) -> Iterator[Line]:
    """Each role and what it does; then that nothing else is allowed."""
    for name, about in blueprint.roles.items():
        yield line(f"{role_noun(name).text}: {about}", f"roles.{name}")
    yield line("nobody may do what is not said here, and nobody can give a role that they do "
               "not have or change their own limits", "roles")  # fmt: skip


def open_lines(blueprint: Blueprint) -> Iterator[Line]:
    """What is still to be found out, and what was removed."""
    for item in blueprint.open_items:
        text = f"still open is {quoted(item.about)}: {item.who} finds out by {item.by}"
        yield line(text, "open_items")
    if blueprint.retired:
        gone = listing([quoted(plural(spoken(name))) for name in blueprint.retired])
        yield line(f"the system no longer keeps {gone}", "retired")
