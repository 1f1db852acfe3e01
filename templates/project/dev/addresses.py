"""Addresses of the people of development; whoever needs no more than these loads nothing else."""

from __future__ import annotations


def login_of(role: str) -> str:
    """Give the address of the person who stands for a role."""
    return f"{role.replace('_', '.')}@example.com"
