import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("catalogue", "formbuilder", "onestop", "search")
QUIET_LAYERS = ("models", "services", "selectors")
# import-linter sees only whole external packages, so their parts are looked up here.
HTTP_AND_ADMIN = ("django.http", "django.shortcuts", "wagtail.admin", "ninja")

# Wagtail asks the page classes themselves for their panels and their answer to a request.
PAGE_CLASSES = (ROOT / "catalogue/models/procedure.py",)

QUIET_FILES = [
    path
    for app in APPS
    for layer in QUIET_LAYERS
    for path in sorted((ROOT / app / layer).rglob("*.py"))
    if path not in PAGE_CLASSES
]


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", QUIET_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_models_services_and_selectors_know_no_http_and_no_admin(path: Path) -> None:
    known = {
        name
        for name in imported_names(path)
        if any(name == banned or name.startswith(f"{banned}.") for banned in HTTP_AND_ADMIN)
    }

    assert known == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "misc.py", "tools.py"}
    found = [
        path
        for package in (*APPS, "plugins", "site")
        for path in (ROOT / package).rglob("*.py")
        if path.name in vague
    ]

    assert found == []
