import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("catalogue", "formbuilder", "onestop", "search", "plugins", "site/portal")
# Options that Django and its kin read, with names and meanings of their own.
FRAMEWORK_CLASSES = {"Meta", "Media", "Command"}
FRAMEWORK_FILES = {"apps.py", "urls.py", "wsgi.py", "settings.py"}


def modules(package: str) -> Iterator[Path]:
    for path in sorted((ROOT / package).rglob("*.py")):
        within = path.relative_to(ROOT / package).parts
        if not {"migrations", "contrib"} & set(within) and path.name not in FRAMEWORK_FILES:
            yield path


def undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    place = path.relative_to(ROOT)
    if tree.body and not ast.get_docstring(tree):
        yield f"{place}: the module"
    for node in tree.body:
        yield from undocumented_in(node, f"{place}")


def undocumented_in(node: ast.AST, place: str) -> Iterator[str]:
    if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if node.name.startswith("_") or node.name in FRAMEWORK_CLASSES:
        return
    if not ast.get_docstring(node) and not is_overload(node):
        yield f"{place}:{node.lineno}: {node.name}"
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            yield from undocumented_in(member, f"{place}: {node.name}")


def is_overload(node: ast.AST) -> bool:
    marks = getattr(node, "decorator_list", [])
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in marks)


@pytest.mark.parametrize("package", PACKAGES)
def test_public_classes_and_functions_have_a_docstring(package: str) -> None:
    missing = [line for path in modules(package) for line in undocumented(path)]

    assert missing == []
