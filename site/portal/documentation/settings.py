"""The page of the settings, from `.env.example`."""

import re
from collections.abc import Iterator

from django.conf import settings

from portal.documentation.markdown import code, page, table

INTRODUCTION = (
    "Every setting is an environment variable. This page is made from `.env.example`. Copy that"
    " file to `.env` beside it and change what you need, or set the variables in the process"
    " environment, which comes first. A default in the table holds when the variable is not set."
)
_SECTION = re.compile(r"# --- (.+?) -+$")
_VARIABLE = re.compile(r"#?([A-Z_]+)=(.*)$")


def settings_page() -> str:
    """Return the page: a table of variables for each section of the file."""
    parts: list[str] = []
    for title, rows in _sections():
        parts += [f"## {title}", table(("variable", "default", "meaning"), rows)]
    return page("Settings", INTRODUCTION, *parts)


def _sections() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    title = ""
    rows: list[tuple[str, str, str]] = []
    said: list[str] = []
    for line in (settings.BASE_DIR / ".env.example").read_text("utf-8").splitlines():
        if section := _SECTION.match(line):
            if rows:
                yield title, rows
            title, rows, said = section[1], [], []
        elif variable := _VARIABLE.match(line):
            default = code(variable[2]) if variable[2] else "empty"
            rows.append((code(variable[1]), default, " ".join(said)))
            said = []
        else:
            said.append(line.removeprefix("#").strip())
    yield title, rows
