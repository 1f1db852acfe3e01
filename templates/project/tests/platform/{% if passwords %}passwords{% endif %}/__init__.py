"""Passwords that are kept here."""
