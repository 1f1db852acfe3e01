"""The one grammar for checks, calculations and conditions."""
