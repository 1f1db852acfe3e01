"""How the tables of the platform are kept apart, as the frozen first migration does it.

`app.platform.separation` of a project says the same; its drift check compares the two.
"""

from __future__ import annotations

from scaffold.resolve.layout import call, quoted

_OWN = "tenant__id = platform_tenant()"
_COMMON = f"tenant__id IS NULL OR {_OWN}"
_OF_PEOPLE = (
    "platform_tenant() IS NULL OR EXISTS (SELECT FROM platform_principals p WHERE p.id = {})"
)
_OF_PROOFS = (
    "platform_tenant() IS NULL OR EXISTS "
    "(SELECT FROM platform_identities i WHERE i.id = platform_proofs.identity_id)"
)
_CONDITIONS = {
    "platform_principals": f"platform_tenant() IS NULL OR {_OWN}",
    "platform_passwords": _OF_PEOPLE.format("platform_passwords.principal_id"),
    "platform_invitations": _OF_PEOPLE.format("platform_invitations.principal_id"),
    "platform_sign_in_sessions": _OF_PEOPLE.format("platform_sign_in_sessions.principal_id"),
    "platform_identities": _OF_PEOPLE.format("platform_identities.principal_id"),
    "platform_proofs": _OF_PROOFS,
    "platform_idempotency_keys": _OF_PEOPLE.format("platform_idempotency_keys.actor_id"),
    "platform_number_series": f"{_OWN} OR tenant__id = '00000000-0000-0000-0000-000000000000'",
    "platform_messages": _COMMON,
    "platform_readings": _COMMON,
    "platform_moves": _COMMON,
    "platform_changes": _COMMON,
    "platform_clock_moves": _COMMON,
    "platform_files": _COMMON,
}


def separation() -> list[str]:
    """A statement for each table of the platform that holds something of one customer."""
    return [_separated(table, condition) for table, condition in _CONDITIONS.items()]


def _separated(table: str, condition: str) -> str:
    literal = condition.replace("'", "''")
    statement = f"SELECT platform_separate('{table}', '{literal}')"
    return call("op.execute(", [quoted(statement)], indent=1)
