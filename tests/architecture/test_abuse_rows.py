import re
from pathlib import Path

from django.conf import settings

PAGE = settings.BASE_DIR / "docs" / "abuse-rows.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_tests_of_the_abuse_rows_exist() -> None:
    named = set(NAMED.findall(PAGE.read_text("utf-8")))

    gone = [f"{path}::{name}" for path, name in sorted(named) if not _holds(path, name)]

    assert len(named) > 100
    assert gone == []


def _holds(path: str, name: str) -> bool:
    file = Path(settings.BASE_DIR, path)
    return file.exists() and f"def {name}(" in file.read_text("utf-8")
