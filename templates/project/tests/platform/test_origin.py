"""Which requests another site may have sent, and which address is believed."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from starlette.datastructures import Headers

from app.platform.http.origin import believe_proxies, is_foreign, is_known_host

PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1/128")]
HOST = {"host": "app.example.com"}
COOKIE = {"cookie": "a=b; __Host-session=xyz"}


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "https://app.example.com"}, True),
        ({"origin": "https://app.example.com"}, False),
        ({"origin": "https://APP.example.com"}, False),
        ({"origin": "http://app.example.com"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "https://app.example.com.evil.example"}, True),
        ({"origin": "https://app.example.com:8443"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
        ({}, False),
    ],
)
def test_a_change_with_a_cookie_must_come_from_our_own_pages(
    headers: dict[str, str], foreign: bool
) -> None:
    sent = Headers(HOST | COOKIE | headers)
    assert is_foreign("POST", sent, secure=True) is foreign


def test_reading_is_open_to_links_from_elsewhere() -> None:
    sent = Headers(HOST | COOKIE | {"sec-fetch-site": "cross-site"})
    assert not is_foreign("GET", sent, secure=True)


def test_a_program_needs_neither_header() -> None:
    assert not is_foreign("POST", Headers(HOST), secure=True)


def test_another_site_cannot_even_sign_somebody_in() -> None:
    sent = Headers(HOST | {"sec-fetch-site": "cross-site"})
    assert is_foreign("POST", sent, secure=True)


@pytest.mark.parametrize(("scheme", "foreign"), [("http", False), ("https", False), ("ftp", True)])
def test_in_development_pages_may_come_over_plain_http(scheme: str, foreign: bool) -> None:
    sent = Headers(HOST | COOKIE | {"origin": f"{scheme}://app.example.com"})
    assert is_foreign("DELETE", sent, secure=False) is foreign


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("app.example.com", True),
        ("APP.example.com:8443", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("app.example.com.evil.example", False),
        ("", False),
        (":80", False),
    ],
)
def test_the_system_answers_under_its_own_names_only(host: str, known: bool) -> None:
    assert is_known_host(host, ["app.example.com", "[::1]"]) is known


def test_a_star_stands_for_every_name() -> None:
    assert is_known_host("anything", ["*"])


def seen(client: tuple[str, int] | None, **forwarded: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"client": client, "scheme": "http"}
    headers = {f"x-forwarded-{name}": value for name, value in forwarded.items()}
    believe_proxies(scope, Headers(headers), PROXIES)
    return scope


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("203.0.113.9, nonsense", "10.0.0.1"),
        ("nonsense, 10.0.0.2", "10.0.0.2"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "10.0.0.1"),
    ],
)
def test_behind_a_proxy_the_last_foreign_address_counts(forwarded: str, address: str) -> None:
    assert seen(("10.0.0.1", 5), **{"for": forwarded})["client"][0] == address


def test_a_proxy_tells_how_it_was_reached() -> None:
    assert seen(("::1", 5), proto="https")["scheme"] == "https"
    assert seen(("::1", 5), proto="ftp")["scheme"] == "http"


@pytest.mark.parametrize("client", [("203.0.113.9", 5), ("testclient", 5), None])
def test_nobody_else_is_believed(client: tuple[str, int] | None) -> None:
    scope = seen(client, **{"for": "1.2.3.4", "proto": "https"})
    assert (scope["client"], scope["scheme"]) == (client, "http")
