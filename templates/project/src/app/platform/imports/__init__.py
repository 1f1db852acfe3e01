"""Taking in tables that people send: reading them, and keeping their lines."""
