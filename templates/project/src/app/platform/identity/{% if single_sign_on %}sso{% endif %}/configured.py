"""The provider that the settings name, shared by all requests of this process."""

from __future__ import annotations

from functools import lru_cache

from app.platform.identity.sso.provider import Provider
from app.settings import settings
from app.settings.single_sign_on import BACK


def provider() -> Provider:
    """Give the provider; what was read from it is kept for all."""
    return _provider(settings().sso_issuer, settings().relaxed)


@lru_cache(maxsize=1)
def _provider(issuer: str, relaxed: bool) -> Provider:
    return Provider(issuer, secure=not relaxed)


def client() -> tuple[str, str]:
    """Give what this system is called at the provider, and its secret there."""
    return settings().sso_client_id, settings().sso_client_secret.get_secret_value()


def return_address() -> str:
    """Give where the provider sends browsers back to."""
    return settings().public_url.rstrip("/") + BACK


def claims() -> set[str]:
    """Give the claims that the settings make something of."""
    chosen = settings()
    roles = chosen.sso_roles_claim.split(".")[0] if chosen.sso_roles else ""
    customer = chosen.sso_customer_claim if chosen.sso_customers else ""
    return {chosen.sso_address_claim, roles, customer, *chosen.sso_demands} - {""}


def forget() -> None:
    """Forget the provider, and what was read from it."""
    _provider.cache_clear()
