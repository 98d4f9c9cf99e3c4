import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for package in ("catalogue", "formbuilder", "onestop", "plugins", "search", "site/portal")
    for path in (ROOT / package).glob("**/templates/**/*.html")
    if "contrib" not in path.parts
)
TRANSLATED = ("blocktranslate", "blocktrans", "comment")
CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names, which read the same in every language.
NAMES = re.compile(r"Một Cửa|Tiếng Việt|English|\bVI\b|\bEN\b|&\w+;")

# It shows every component with samples of real words.
STYLE_PAGE = ROOT / "site/portal/templates/portal/style_page.html"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def untranslated_text(source: str) -> str:
    """What a template shows without asking the message catalogue, its tags left out."""
    shown, inside = [], None
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if inside is None and name in TRANSLATED:
                inside = name
            elif name == f"end{inside}":
                inside = None
        elif token.token_type == TokenType.TEXT and inside is None:
            shown.append(token.contents)
        else:
            # Keeps an HTML tag that contains template tags in one piece.
            shown.append("0" if inside is None else "")
    return NAMES.sub("", TAG.sub(" ", CODE.sub(" ", "".join(shown))))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path != STYLE_PAGE], ids=name_of)
def test_every_word_can_be_translated(path: Path) -> None:
    assert WORD.findall(untranslated_text(path.read_text())) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_inline_breaks_the_content_policy(path: Path) -> None:
    source = path.read_text()
    inline = re.findall(r"<(?:script|style)\b(?![^>]*(?:\bsrc=|\bnonce=))[^>]*>", source)
    attributes = re.findall(r"\s(?:style|on[a-z]+)=\"", source)

    assert inline == []
    assert attributes == []
