import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("catalogue", "formbuilder", "onestop", "search", "site/portal")
READ = re.compile(r"([\w.(]*)\bversion\.document\b|([\w.(]*procedure_version)\.document\b")
# Where the stored bytes themselves are meant: hashed, compared, migrated.
OF_BYTES = ("catalogue/services/", "catalogue/migrations/")


def unlifted(path: Path) -> list[str]:
    reads = READ.finditer(path.read_text("utf-8"))
    before = [match[1] or match[2] or "" for match in reads]
    return [prefix for prefix in before if not re.search(r"\blift\(|^calendar_from_", prefix)]


def test_documents_are_lifted_when_they_are_read() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    names = {str(path.relative_to(ROOT)): path for path in sources}

    found = [
        name for name, path in names.items() if not name.startswith(OF_BYTES) and unlifted(path)
    ]

    assert found == []
