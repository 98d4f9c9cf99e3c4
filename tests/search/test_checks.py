from django.test import override_settings

from search.checks import check_search_url


def test_search_url_without_an_engine_for_it_is_refused() -> None:
    with override_settings(SEARCH_URL="http://127.0.0.1:9200"):
        errors = check_search_url()

    assert [error.id for error in errors] == ["search.E001"]


def test_empty_search_url_means_the_embedded_engine() -> None:
    with override_settings(SEARCH_URL=""):
        errors = check_search_url()

    assert errors == []
