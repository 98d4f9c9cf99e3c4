import pytest
from django.db import DatabaseError, connection

from factories.lexicon import make_lexicon
from search.analysis import ANALYSIS_VERSION
from search.models import StoredLexicon
from search.selectors import lexicon as selector
from search.selectors.lexicon import StoredLexiconSource

pytestmark = pytest.mark.django_db


def store(*more, version=ANALYSIS_VERSION, payload=None):
    payload = payload or make_lexicon(*more).to_bytes()
    values = {"analysis_version": version, "sequence": 0, "payload": payload}
    StoredLexicon.objects.all().delete()
    return StoredLexicon.objects.create(pk=1, **values)


@pytest.mark.both_databases
def test_stored_lexicon_is_loaded():
    store()

    assert "hôn" in StoredLexiconSource()().accented


def test_without_a_stored_one_the_lexicon_is_empty():
    assert not StoredLexiconSource()()


def test_lexicon_of_another_analysis_is_not_used():
    store(version=ANALYSIS_VERSION + 1)

    assert not StoredLexiconSource()()


def test_database_is_asked_once_in_five_seconds(django_assert_num_queries):
    store()
    source = StoredLexiconSource()

    with django_assert_num_queries(2):
        first = source()
        assert source() is first


def test_lexicon_is_loaded_again_only_when_it_was_built_anew(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(selector, "SECONDS", 0.0)
    store()
    source = StoredLexiconSource()
    first = source()

    with django_assert_num_queries(1):
        assert source() is first

    store("Hoàn thuế")
    assert "thuế" in source().accented


def test_damaged_lexicon_leaves_the_one_before(monkeypatch):
    monkeypatch.setattr(selector, "SECONDS", 0.0)
    store()
    source = StoredLexiconSource()
    first = source()

    store(payload=b"damaged")

    assert source() is first


def test_lexicon_stays_while_the_database_is_away(monkeypatch):
    monkeypatch.setattr(selector, "SECONDS", 0.0)
    store()
    source = StoredLexiconSource()
    first = source()

    def away(*_args):
        raise DatabaseError("away")

    with connection.execute_wrapper(away):
        assert source() is first
