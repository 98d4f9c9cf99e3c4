"""Fixtures of every test: a database cloned from one migrated template."""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import environ
import pytest
from django.conf import settings
from django.db import connections
from django.test.signals import setting_changed
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from search.lexicon import NO_LEXICON, use_lexicon
from search.selectors.editors_synonyms import EDITORS_SYNONYMS
from search.selectors.editors_version import forget_editors_version
from search.selectors.lexicon import STORED_LEXICON
from search.selectors.names import kept_names
from search.services.asked_queries import forget_counted
from search.synonyms import add_synonym_source, remove_synonym_source
from tools.databases import databases_at
from tools.pytest_environment import SERVER_URL, VAR_DIR

databases = databases_at(SERVER_URL, VAR_DIR)
database_name = f"test_{os.getpid()}"


def pytest_configure() -> None:
    # A manifest of static files exists only after `collectstatic`; a slow hash only slows tests.
    # Wagtail has already made the storage that the settings name, so the change is announced.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    setting_changed.send(sender=None, setting="STORAGES", value=settings.STORAGES, enter=True)
    # Pages are kept as in the product, and each request asks whether the catalogue changed.
    settings.CATALOGUE_SEQUENCE_SECONDS = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        use_database(databases.clone(database_name))
        yield
        connections.close_all()
        databases.drop(database_name)


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Begin each test in the language of the product, whatever the last request was in."""
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def editors_words(request: pytest.FixtureRequest) -> Iterator[None]:
    """Begin each test without editors' words that another wrote; without a database there are none.

    What readers asked in a test is never written by a later one.
    """
    forget_editors_version()
    STORED_LEXICON.forget()
    kept_names.forget()
    with ExitStack() as ended:
        ended.callback(forget_counted)
        if not _has_database(request):
            remove_synonym_source(EDITORS_SYNONYMS)
            ended.callback(add_synonym_source, EDITORS_SYNONYMS)
            ended.enter_context(use_lexicon(NO_LEXICON))
        yield


def _has_database(request: pytest.FixtureRequest) -> bool:
    marked = request.node.get_closest_marker("django_db") is not None
    return marked or bool({"db", "transactional_db"} & set(request.fixturenames))


def use_database(url: str) -> None:
    """Point Django, and the processes that tests start, at the database `url`."""
    os.environ["DATABASE_URL"] = url
    name = environ.Env.db_url_config(url)["NAME"]
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """After real transactions, whose end empties every table, clone the migrated rows anew."""
    yield
    if nextitem and uses_real_transactions(item):
        connections.close_all()
        databases.drop(database_name)
        databases.clone(database_name)


def uses_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(
        marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    )
