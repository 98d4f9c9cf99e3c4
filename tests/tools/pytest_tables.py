"""Pytest plugin: prints, after a run, the tables that its tests have measured.

A test gives a table by `record_property("table", text)`, which also goes into the report.
"""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each table, wherever its test has run and however it ended."""
    reports = (
        report for name in ("passed", "failed") for report in terminalreporter.getreports(name)
    )
    for report in reports:
        for name, text in report.user_properties:
            if name == "table":
                terminalreporter.write_line(text)
