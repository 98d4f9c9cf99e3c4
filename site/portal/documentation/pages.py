"""Which pages are generated, and whether the stored ones are current."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import translation

from portal.documentation.addresses import addresses_page
from portal.documentation.commands import commands_page
from portal.documentation.roles import roles_page
from portal.documentation.rules import rules_page
from portal.documentation.settings import settings_page

PAGES: dict[str, Callable[[], str]] = {
    "addresses.md": addresses_page,
    "commands.md": commands_page,
    "operations/settings.md": settings_page,
    "roles.md": roles_page,
    "rules.md": rules_page,
}


def outdated_pages() -> dict[Path, str]:
    """Return the generated pages whose file differs, with the text that each should have."""
    folder = settings.BASE_DIR / "docs"
    with translation.override("en"):
        wanted = {folder / name: make() for name, make in PAGES.items()}
    return {path: text for path, text in wanted.items() if _stored(path) != text}


def _stored(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None
