from datetime import date

import pytest

from catalogue import clock
from factories.search import make_group, publish
from search.lexicon import current_lexicon
from search.models import StoredLexicon
from search.selectors import search_procedures
from search.services import build_lexicon, rebuild_index, refresh_lexicon

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_lexicon_holds_the_versions_in_force():
    publish("1.000894", "Nuôi yến rừng", document_groups=[make_group(*["Ảnh bè"] * 3)])
    publish("1.000001", "Hái nấm", valid_from=date(2999, 1, 1))

    build_lexicon()

    words = current_lexicon().accented
    assert words.count("yến", "rừng") == 10
    assert words.count("ảnh", "bè") == 3
    assert "nấm" not in words


def test_lexicon_holds_what_readers_say():
    build_lexicon()

    assert "muốn" in current_lexicon().accented


def test_lexicon_is_one_row():
    first = build_lexicon()

    second = build_lexicon()

    assert StoredLexicon.objects.count() == 1
    assert second.built_at > first.built_at


def test_unchanged_catalogue_is_not_counted_again():
    publish("1.000894")

    assert [refresh_lexicon(), refresh_lexicon()] == [True, False]


def test_changed_catalogue_is_counted_again():
    build_lexicon()
    publish("1.000894")

    assert refresh_lexicon()
    assert "hôn" in current_lexicon().accented


def test_lexicon_of_another_analysis_is_replaced():
    build_lexicon()
    StoredLexicon.objects.update(analysis_version=0)

    assert refresh_lexicon()


def test_q6_keystrokes_find_what_was_meant(search_dir):
    publish("1.000894", "Đăng ký kết hôn")
    publish("1.010038", "Tách hộ")
    rebuild_index()
    build_lexicon()

    for typed in ("ddawng kys keets hoon", "d9a8ng ky1 ke6t1 ho6n", "dangky kethon"):
        assert [item.code for item in search_procedures(typed).items] == ["1.000894"]


def test_time_of_building_is_told():
    with clock.frozen(clock.now()):
        assert build_lexicon().built_at == clock.now()
