"""The words that compiled forms carry in every language.

They are data of the product and not gettext messages: a compiled form is identified by its hash,
which must not depend on the language of the process that compiles it or on its message files.
"""

import json
from functools import cache
from pathlib import Path

from formbuilder.definition import Text

LANGUAGES = ("vi", "en")
FILE = Path(__file__).resolve().parent / "data" / "wording.json"


@cache
def _wording() -> dict[str, dict[str, str]]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def words(key: str) -> Text:
    """Return the text `key` in every language; raises `KeyError` for an unknown one."""
    return _wording()[key]


def filled(key: str, **values: Text | str | int) -> Text:
    """Return the text `key` with its `{names}` filled in, each in its language."""
    return {
        language: template.format(**{name: _in(language, value) for name, value in values.items()})
        for language, template in words(key).items()
    }


def in_language(text: Text, language: str) -> str:
    """Return `text` in `language`, or in Vietnamese where it has no translation."""
    return text.get(language) or text["vi"]


def in_sentence(label: Text) -> Text:
    """Return `label` with a small first letter, unless it begins with an abbreviation."""
    return {language: _small_first(words) for language, words in label.items()}


def _in(language: str, value: Text | str | int) -> str:
    return str(value) if isinstance(value, str | int) else in_language(value, language)


def _small_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
