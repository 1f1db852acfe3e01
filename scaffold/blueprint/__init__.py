"""The blueprint language: reading, checking, and what a blueprint means."""
