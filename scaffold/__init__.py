"""Solidground: from a blueprint that people can read to a project that people own."""
