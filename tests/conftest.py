"""What is told at the end of a run: also of tests that other processes ran."""

from __future__ import annotations

import pytest

TOOK = "took"
"""The property of a test's report that holds a line about what took how long."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests noted about their gates."""
    reports = (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed"))
    told = [line for report in reports for name, line in report.user_properties if name == TOOK]
    if told:
        terminalreporter.section("gates of generated projects")
        for line in told:
            terminalreporter.line(str(line))
