"""One record of the blueprint."""
