from pathlib import Path

import pytest
import wagtail
from django.utils.translation import gettext, override

from portal.translation.catalogues import read_catalogue
from portal.translation.wagtail_words import WORDS


@pytest.fixture(scope="module")
def known() -> set[str]:
    files = Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")
    catalogues = [read_catalogue(file) for file in files]
    return {
        message.id if isinstance(message.id, str) else message.id[0]
        for catalogue in catalogues
        for message in catalogue
    }


@pytest.mark.parametrize("word", WORDS)
def test_word_is_one_of_wagtail_and_shown_in_vietnamese(known: set[str], word: str) -> None:
    with override("vi"):
        shown = gettext(word)

    assert word in known
    assert shown != word
