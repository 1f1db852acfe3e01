"""The top of a blueprint: money, time zone, separation, open items, answers to findings."""

from __future__ import annotations

from zoneinfo import available_timezones

from scaffold.blueprint.checks.currencies import CURRENCIES
from scaffold.blueprint.checks.separation import check_separation
from scaffold.blueprint.faults import Path, meant, nearest, shown
from scaffold.blueprint.language import BLUEPRINT_BLOCK
from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.posture import Kind
from scaffold.blueprint.report import Report
from scaffold.blueprint.words import FINDINGS


def check_overall(blueprint: Blueprint, report: Report) -> None:
    """Everything that stands outside roles and records."""
    _money(blueprint, report)
    _timezone(blueprint, report)
    _intended(blueprint.intended, ("intended",), report)
    for record in blueprint.records.values():
        _intended(record.intended, ("records", record.name, "intended"), report)
    check_separation(blueprint, report)
    _cards(blueprint, report)
    _rota(blueprint, report)
    for place, item in enumerate(blueprint.open_items):
        section = item.about.split(".")[0]
        if section not in BLUEPRINT_BLOCK.keys:
            message = f"An open item is about something in this file; there is no {shown(section)}."
            hint = meant(section, BLUEPRINT_BLOCK.keys)
            report.add("open-item", ("open_items", place, "about"), message, hint)


def _money(blueprint: Blueprint, report: Report) -> None:
    for code in blueprint.currencies:
        if code not in CURRENCIES:
            message = f"There is no currency {shown(code)} in ISO 4217."
            path = report.item(("currency",), code)
            report.add("currency", path, message, "write EUR, GBP or USD, for example")
    misspelt = any(key not in BLUEPRINT_BLOCK.keys for key in report.keys(()))
    if blueprint.currencies or report.blamed("currency") or misspelt:
        return
    for record in blueprint.records.values():
        for field in record.fields.values():
            if field.type == "money":
                here: Path = ("records", record.name, "fields", field.name)
                message = f"`{field.name}` is money, and the blueprint names no currency."
                report.add("no-currency", here, message, "write currency: USD at the top")
                return


def _timezone(blueprint: Blueprint, report: Report) -> None:
    zone = blueprint.timezone
    if zone == "UTC":
        return
    known = available_timezones() - {"localtime", "Factory"}
    if zone not in known:
        cities = {name.rsplit("/")[-1].lower(): name for name in sorted(known)}
        best = nearest(zone, known) if "/" in zone else cities.get(zone.lower().replace(" ", "_"))
        message = f"There is no time zone {shown(zone)}."
        hint = f"did you mean {best}?" if best else "write Europe/Berlin or America/Chicago"
        report.add("timezone", ("timezone",), message, hint)


def _intended(codes: tuple[str, ...], path: Path, report: Report) -> None:
    for code in codes:
        if code not in FINDINGS:
            message = f"`scaffold read` has no finding {shown(code)}."
            report.add("unknown-finding", report.item(path, code), message, meant(code, FINDINGS))


def _cards(blueprint: Blueprint, report: Report) -> None:
    paths: list[Path] = [("records", name, "data") for name in blueprint.records]
    kinds = [record.kinds for record in blueprint.records.values()]
    for path, labels in [(("data",), blueprint.kinds), *zip(paths, kinds, strict=True)]:
        if Kind.CARD in labels and report.said(path):
            message = "`card` is said of one field, never of a whole system or record."
            report.add("card", path, message, "write it as the `data` of that field")


def _rota(blueprint: Blueprint, report: Report) -> None:
    support = blueprint.support
    if support.after_hours != "always" or support.stand_in or report.blamed("support", "stand_in"):
        return
    message = "Nobody can be called at every hour of every day; a stand-in is needed."
    hint = "add stand_in: <whom to call>, or write after_hours: everyone_stuck"
    report.add("no-stand-in", ("support", "after_hours"), message, hint)
