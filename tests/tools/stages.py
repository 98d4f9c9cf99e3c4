"""The stages of `make check`, `make test`, `make test-long` and `make bench`, as data."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "build" / "reports"
BIN = Path(sys.executable).parent
PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "only-for-the-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "mot-cua.example",
    "PUBLIC_URL": "https://mot-cua.example",
    "EMAIL_URL": "smtp+tls://mail.example:587",
}


@dataclass(frozen=True)
class Stage:
    """A command with a budget in seconds, and what the machine must have for it."""

    name: str
    command: tuple[str, ...]
    budget: int
    environment: Mapping[str, str] = field(default_factory=dict)
    needs_postgres: bool = False
    programs: tuple[str, ...] = ()

    @property
    def report(self) -> Path | None:
        """Where the results of a pytest stage are written."""
        is_pytest = "pytest" in self.command
        return REPORTS / f"{self.name.replace(' ', '-')}.xml" if is_pytest else None

    @property
    def full_command(self) -> tuple[str, ...]:
        """The command line with its report."""
        return (*self.command, f"--junitxml={self.report}") if self.report else self.command


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a program of the virtual environment."""
    return (str(BIN / name), *arguments)


def manage(*arguments: str) -> tuple[str, ...]:
    """Return the command line of one of the product's own commands."""
    return (sys.executable, "manage.py", *arguments)


def pytest(*arguments: str) -> tuple[str, ...]:
    """Return the command line of a pytest run."""
    return (sys.executable, "-m", "pytest", "-q", *arguments)


CHECKS = (
    Stage("ruff", tool("ruff", "check", "--quiet"), 20),
    Stage("format", tool("ruff", "format", "--check", "--quiet"), 20),
    Stage("layers", tool("lint-imports", "--no-logo"), 30, {"PYTHONPATH": "site"}),
    Stage("types", tool("mypy"), 180),
    Stage("project", (sys.executable, "-m", "tools.project_checks"), 45),
    Stage("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), 45, PRODUCTION),
)
ARCHITECTURE = Stage("architecture", pytest("tests/architecture"), 60)

ELSEWHERE = ("--ignore=tests/e2e", "--ignore=tests/performance")
INTEGRATION = Stage(
    "integration",
    pytest("tests", *ELSEWHERE, "-m", "not long", "-n2"),
    600,
    needs_postgres=True,
    programs=("pdftotext",),
)
SQLITE = Stage(
    "sqlite", pytest("tests", *ELSEWHERE, "-m", "both_databases and not long", "-n2"), 240
)
BROWSER = Stage(
    "browser",
    pytest("tests/e2e", "-m", "not long"),
    600,
    needs_postgres=True,
    programs=("chromium",),
)
LONG = (
    Stage("long", pytest("tests", "-m", "long"), 7200, needs_postgres=True),
    Stage("long sqlite", pytest("tests", "-m", "long and both_databases"), 7200),
)
EDITING = (sys.executable, "tests/performance/editing.py")
DECISIONS = (sys.executable, "tests/performance/decisions.py")
BENCH = (
    Stage("bench start", (sys.executable, "tests/performance/starting.py"), 600),
    Stage("bench", (sys.executable, "tests/performance/ceiling.py"), 900, needs_postgres=True),
    Stage(
        "bench import", (sys.executable, "tests/performance/importing.py"), 900, needs_postgres=True
    ),
    Stage("bench pages", (sys.executable, "tests/performance/pages.py"), 600),
    Stage("bench search", (sys.executable, "tests/performance/searching.py"), 900),
    Stage("bench edit", EDITING, 120, needs_postgres=True),
    Stage("bench edit sqlite", EDITING, 120),
    Stage("bench decisions", DECISIONS, 300, needs_postgres=True),
    Stage("bench decisions sqlite", DECISIONS, 300),
)


# Seconds that a whole target may take, whatever its stages leave of their own budgets.
TARGET_BUDGETS = {"check": 90, "test": 1200}


def environment_of(stage: Stage, server_url: str | None) -> dict[str, str]:
    """Return the environment to run `stage` in, with the server it needs or without any."""
    environment = {**os.environ, "PYTHONPATH": "site:tests", **stage.environment}
    environment.pop("TEST_DATABASE_URL", None)
    environment.pop("DATABASE_URL", None)
    if stage.needs_postgres and server_url:
        environment["TEST_DATABASE_URL"] = server_url
    return environment
