import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"\benv\.\w+\(\s*\"([A-Z_]+)\"")
DOCUMENTED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_every_variable_is_documented() -> None:
    read = set(READ.findall((ROOT / "site/portal/settings.py").read_text()))
    documented = DOCUMENTED.findall((ROOT / ".env.example").read_text())

    assert sorted(documented) == sorted(read)


def test_only_settings_read_the_environment() -> None:
    # The entry point and the configuration of gunicorn are read before the settings are.
    allowed = {"settings.py", "wsgi.py", "web.py"}
    readers = {
        path.name
        for package in ("catalogue", "formbuilder", "onestop", "plugins", "search", "site")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ|getenv", path.read_text())
    }

    assert readers <= allowed
