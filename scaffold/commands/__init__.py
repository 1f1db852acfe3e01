"""The commands: one module is one function is one exit code."""
