import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.databases import ROOT


@pytest.fixture
def fresh_tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "bootstrap", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def bootstrap(tree: Path, python: Path | str, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHON": str(python), "PATH": path or os.environ["PATH"]}
    return subprocess.run(
        [tree / "bootstrap"], env=environment, capture_output=True, text=True, cwd="/"
    )


def program(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


def test_old_python_is_told_in_words(fresh_tree: Path) -> None:
    old = program(
        fresh_tree, "old", 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi'
    )

    result = bootstrap(fresh_tree, old)

    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or newer is needed; found: Python 3.9.2.")


def test_missing_venv_names_the_package_to_install(fresh_tree: Path) -> None:
    bare = program(
        fresh_tree,
        "bare",
        'case "$2" in *ensurepip*) exit 1 ;; esac',
        "echo Python 3.11.2",
    )

    result = bootstrap(fresh_tree, bare, path="/usr/bin:/bin")

    assert result.returncode == 1
    assert "apt-get install -y python3-venv" in result.stderr
    assert not (fresh_tree / ".tools").exists()


def test_second_call_does_nothing() -> None:
    result = subprocess.run([ROOT / "bootstrap"], capture_output=True, text=True, cwd="/")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_no_package_index_is_named() -> None:
    texts = [path.read_text() for path in (ROOT / "requirements").iterdir()]
    texts += [(ROOT / name).read_text() for name in ("bootstrap", "pyproject.toml", "Makefile")]

    assert not any("--index-url" in text or "--find-links" in text for text in texts)
    assert not any("://" in text for text in texts)
