"""Passwords that are kept here: chosen with an invitation, shown to sign in, changed."""
