from string import Formatter

import pytest

from formbuilder.wording import LANGUAGES, _wording, words

KEYS = sorted(_wording())


def names(template: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(template) if name}


@pytest.mark.parametrize("key", KEYS)
def test_text_is_there_in_every_language_with_the_same_names(key: str) -> None:
    text = words(key)

    assert set(text) == set(LANGUAGES)
    assert all(text.values())
    assert len({frozenset(names(template)) for template in text.values()}) == 1
