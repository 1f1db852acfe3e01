"""Where a request comes from: the address behind proxies, and the site that had it sent."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

Networks = Sequence[IPv4Network | IPv6Network]


def believe_proxies(scope: Scope, headers: Headers, trusted: Networks) -> None:
    """Put the caller's address and scheme into `scope` as trusted proxies tell them.

    The address is the last one in X-Forwarded-For that is not a proxy of ours: what stands before
    it was written by whoever called, and is not believed.
    """
    client = scope.get("client")
    if client is None or not _within(client[0], trusted):
        return
    for hop in reversed(headers.get("x-forwarded-for", "").split(",")):
        address = hop.strip()
        if not _is_address(address):
            break
        scope["client"] = (address, 0)
        if not _within(address, trusted):
            break
    if headers.get("x-forwarded-proto", "").strip().lower() == "https":
        scope["scheme"] = "https"


def is_known_host(host: str, allowed: Sequence[str]) -> bool:
    """Whether the system answers under this Host header; a port does not count."""
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    return name.lower() in allowed or "*" in allowed


def is_foreign(method: str, headers: Headers, secure: bool) -> bool:
    """Whether another site may have had this request sent in the name of a signed-in person.

    Browsers say so in Sec-Fetch-Site, older ones in Origin. A request with neither header was not
    sent by a browser, so no page had it sent. `secure` demands https origins.
    """
    if method in SAFE:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site != "same-origin"
    origin = headers.get("origin")
    return origin is not None and not _is_same(origin, headers.get("host", ""), secure)


def _is_same(origin: str, host: str, secure: bool) -> bool:
    scheme, _, rest = origin.partition("://")
    return rest.lower() == host.lower() and (scheme == "https" or (scheme == "http" and not secure))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _within(address: str, networks: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)
