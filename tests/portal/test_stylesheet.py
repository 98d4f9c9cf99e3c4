import gzip
import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[2] / "site" / "portal"
STYLESHEET = PORTAL / "static" / "portal" / "app.css"
CSS = STYLESHEET.read_text(encoding="utf-8")
MAX_GZIP_BYTES = 15_000
TEXT, GRAPHICS = 4.5, 3.0

TEXT_PAIRS = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("ink-soft", "ground"),
    ("ink-soft", "surface"),
    ("ink-soft", "tint"),
    ("link", "ground"),
    ("link", "surface"),
    ("link", "tint"),
    ("brand-deep", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-brand", "brand-hover"),
    ("on-brand", "bad"),
    ("on-brand", "bad-hover"),
    ("on-brand-soft", "brand"),
    ("on-brand-soft", "brand-deep"),
    ("good", "good-ground"),
    ("warning", "warning-ground"),
    ("bad", "bad-ground"),
    ("bad", "surface"),
    ("ink", "good-ground"),
    ("ink", "warning-ground"),
    ("ink", "bad-ground"),
    ("ink", "found"),
    ("disabled-ink", "disabled"),
]
GRAPHIC_PAIRS = [
    ("line-strong", "surface"),
    ("line-strong", "ground"),
    ("brand", "ground"),
    ("brand", "tint"),
    ("lotus", "surface"),
    ("lotus", "ground"),
    ("lotus", "tint"),
    ("focus-on-brand", "brand"),
    ("focus-on-brand", "brand-deep"),
    ("petal", "brand-deep"),
]
PROMISED_CLASSES = re.findall(
    r"\S+",
    """
    wrap stack cluster grid card card-list card__title panel button button--secondary
    button--danger button--link field field--error field__label field__hint field__error input
    textarea select choice choices fieldset error-summary notice notice--success notice--warning
    notice--error steps steps__item--done steps__item--current summary-list table breadcrumb
    pagination tag tag--good tag--warning tag--bad search-box facts timeline muted lead code
    visually-hidden no-print
    """,
)


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS))


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_stylesheet_fits_its_budget() -> None:
    size = len(gzip.compress(STYLESHEET.read_bytes(), 9))

    assert size <= MAX_GZIP_BYTES


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_contrast_meets_aa(text: str, ground: str) -> None:
    colours = tokens()

    assert contrast(colours[text], colours[ground]) >= TEXT


@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_graphics_contrast_meets_aa(mark: str, ground: str) -> None:
    colours = tokens()

    assert contrast(colours[mark], colours[ground]) >= GRAPHICS


@pytest.mark.parametrize("name", PROMISED_CLASSES)
def test_promised_class_exists(name: str) -> None:
    assert re.search(rf"\.{re.escape(name)}(?![\w-])", CSS)


def test_every_colour_is_a_token() -> None:
    rules = re.sub(r":root \{.*?\n\}", "", CSS, flags=re.DOTALL)
    screen = rules.split("@media print")[0]

    assert re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"url\(.*?\)", "", screen)) == []


def test_stylesheet_loads_nothing_from_elsewhere() -> None:
    addresses = re.findall(r"url\(\"?([^)\"]+)", CSS)

    assert "@import" not in CSS
    assert [address for address in addresses if not address.startswith("data:")] == []
