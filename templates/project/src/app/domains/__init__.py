"""The records: one package each, layered inside."""
