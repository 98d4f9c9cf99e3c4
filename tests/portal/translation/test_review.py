from pathlib import Path

import pytest

from portal.translation.catalogues import compile_catalogues, read_catalogue
from portal.translation.extraction import extract_messages
from portal.translation.review import Finding, review_catalogues, update_catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    code = tmp_path / "onestop" / "code.py"
    code.parent.mkdir()
    code.write_text('_("Receive")\n')
    return tmp_path


def catalogue(root: Path, package: str, text: str) -> Path:
    path = root / package / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + text)
    return path


def test_translated_message_is_in_order(root: Path) -> None:
    catalogue(root, "onestop", 'msgid "Receive"\nmsgstr "Tiếp nhận"\n')

    assert review_catalogues(root) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        ('msgid "Receive"\nmsgstr ""\n', "missing"),
        ('#, fuzzy\nmsgid "Receive"\nmsgstr "Nhận"\n', "fuzzy"),
        ('msgid "Receive"\nmsgstr "Tiếp nhận %(code)s"\n', "mismatched"),
    ],
)
def test_untranslated_message_is_found(root: Path, text: str, kind: str) -> None:
    catalogue(root, "onestop", text)

    assert review_catalogues(root) == [Finding(kind, "Receive", "onestop/code.py")]


def test_message_that_nobody_says_is_obsolete(root: Path) -> None:
    path = catalogue(
        root, "onestop", 'msgid "Receive"\nmsgstr "Tiếp nhận"\n\nmsgid "Old"\nmsgstr "Cũ"\n'
    )

    assert review_catalogues(root) == [Finding("obsolete", "Old", str(path.relative_to(root)))]


def test_update_takes_the_words_of_another_package(root: Path) -> None:
    catalogue(root, "catalogue", 'msgid "Receive"\nmsgstr "Tiếp nhận"\n')

    update_catalogues(root)

    path = root / "onestop" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    assert read_catalogue(path).get("Receive").string == "Tiếp nhận"
    assert "Receive" not in (root / "catalogue/locale/vi/LC_MESSAGES/django.po").read_text()


def test_second_update_changes_nothing(root: Path) -> None:
    update_catalogues(root)

    assert update_catalogues(root) == []


def test_messages_of_a_nested_application_stay_there(root: Path) -> None:
    inner = root / "onestop" / "desk"
    inner.mkdir()
    (inner / "code.py").write_text('_("Desk")\n')
    catalogue(root, "onestop", 'msgid "Receive"\nmsgstr "Tiếp nhận"\n')
    catalogue(root, "onestop/desk", 'msgid "Desk"\nmsgstr "Bàn"\n')

    assert review_catalogues(root) == []


def test_compile_builds_only_what_is_newer(root: Path) -> None:
    path = catalogue(root, "onestop", 'msgid "Receive"\nmsgstr "Tiếp nhận"\n')

    assert compile_catalogues(root) == [path]
    assert compile_catalogues(root) == []


def test_template_messages_are_extracted(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        "{% load i18n %}\n"
        '    <a title="{% translate "Close" context "a verb" %}">\n'
        "  {% blocktranslate count n=total trimmed %}One dossier"
        "{% plural %}{{ n }} dossiers{% endblocktranslate %}\n"
        '{{ _("Search") }} it\'s {# a comment #}\n'
    )

    found = [(message, context) for _, message, _, context in extract_messages(template)]

    assert found == [
        ("Close", "a verb"),
        (("One dossier", "%(n)s dossiers"), None),
        ("Search", None),
    ]
