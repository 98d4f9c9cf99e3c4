from factories.lexicon import make_lexicon
from search.analysis import tokenize
from search.lexicon import NO_LEXICON, current_lexicon, read_words, set_lexicon_source, use_lexicon
from search.query import parse_query
from search.selectors.lexicon import STORED_LEXICON


def read(text):
    return [token.text for token in read_words(tokenize(text))]


def test_lexicon_is_used_for_a_block():
    lexicon = make_lexicon()

    with use_lexicon(lexicon):
        assert current_lexicon() is lexicon
    assert current_lexicon() is NO_LEXICON


def test_source_is_replaced():
    lexicon = make_lexicon()
    set_lexicon_source(lambda: lexicon)

    try:
        assert current_lexicon() is lexicon
    finally:
        set_lexicon_source(STORED_LEXICON)


def test_words_are_read_as_typed_without_a_lexicon():
    assert read("khai sinhh") == ["khai", "sinhh"]


def test_phrases_that_search_knows_protect_their_words():
    with use_lexicon(make_lexicon("Mướn nhà")):
        assert read("tôi muốn khai sinhh") == ["tôi", "muốn", "khai", "sinh"]
        assert read("gplx") == ["gplx"]


def test_query_is_of_the_words_that_were_meant():
    with use_lexicon(make_lexicon()):
        asked = parse_query("ddawng kys keets hoon")

    assert asked.groups == parse_query("đăng ký kết hôn").groups
    assert asked.scores == parse_query("đăng ký kết hôn").scores
    assert asked.text == "ddawng kys keets hoon"


def test_phrase_made_up_by_reading_is_a_synonym():
    with use_lexicon(make_lexicon("làm bằng lái")):
        asked = parse_query("bằng láii")

    assert asked.groups == parse_query("bằng lái").groups
