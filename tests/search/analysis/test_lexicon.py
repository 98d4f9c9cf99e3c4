import zlib

import pytest

from factories.lexicon import make_lexicon
from search.analysis import Lexicon


def test_words_and_pairs_are_counted_by_weight():
    lexicon = Lexicon.from_texts([("Kết hôn", 3), ("kết quả", 2), ("kết quả", 2)])

    assert lexicon.accented.counts == {"kết": 7, "hôn": 3, "quả": 4}
    assert lexicon.accented.pairs == {"kết": {"hôn": 3, "quả": 4}}


def test_rare_words_are_left_out_with_their_pairs():
    lexicon = Lexicon.from_texts([("kết hônn", 2), ("kết hôn", 10)])

    assert "hônn" not in lexicon.accented
    assert lexicon.accented.pairs == {"kết": {"hôn": 10}}


def test_numbers_are_no_words():
    assert "2024" not in Lexicon.from_texts([("năm 2024", 9)]).accented


def test_accents_fold_together():
    lexicon = Lexicon.from_texts([("căn cước", 4), ("cần cược", 5)])

    assert lexicon.folded.counts == {"can": 9, "cuoc": 9}
    assert lexicon.folded.count("can", "cuoc") == 9
    assert lexicon.spellings["can"] == ["cần", "căn"]


def test_usual_writing_is_kept_where_it_differs():
    lexicon = Lexicon.from_texts([("Hòa giải", 9), ("hoà giải", 3), ("Hoá chất", 5)])

    assert lexicon.written == {"hoà": "hòa"}


def test_pair_makes_its_word_likelier():
    wording = make_lexicon().accented

    assert wording.surprise("kết", "hôn") < wording.surprise(None, "hôn")
    assert wording.surprise("đất", "hôn") > wording.surprise(None, "hôn")


def test_lexicon_survives_storing():
    lexicon = make_lexicon()

    loaded = Lexicon.from_bytes(lexicon.to_bytes())

    assert loaded.accented.counts == lexicon.accented.counts
    assert loaded.accented.pairs == lexicon.accented.pairs
    assert loaded.written == lexicon.written
    assert loaded.to_bytes() == lexicon.to_bytes()


@pytest.mark.parametrize("payload", [b"", b"x", zlib.compress(b"{}"), zlib.compress(b"[")])
def test_other_bytes_are_no_lexicon(payload):
    with pytest.raises(ValueError, match=r"lexicon|Expecting"):
        Lexicon.from_bytes(payload)


def test_lexicon_without_words_is_empty():
    assert not Lexicon()
    assert make_lexicon()
