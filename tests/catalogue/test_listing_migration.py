from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from catalogue.models import ProcedureVersion
from factories.catalogue import make_version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

BEFORE = ("catalogue", "0003_listing_and_imports")
AFTER = ("catalogue", "0004_fill_listing_columns")
COLUMNS = ("name", "name_slug", "sort_key", "letter", "levels", "audiences", "agency", "field")


@pytest.fixture
def newest_again() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.usefixtures("newest_again")
def test_versions_of_before_get_the_columns_of_their_documents() -> None:
    version = make_version()
    expected = ProcedureVersion.objects.filter(pk=version.pk).values(*COLUMNS).get()
    MigrationExecutor(connection).migrate([BEFORE])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_procedureversion SET name = '', name_slug = '', sort_key = '',"
            " letter = '', levels = '', audiences = '', agency_id = NULL, field_id = NULL"
        )

    MigrationExecutor(connection).migrate([AFTER])

    columns = ", ".join(f"{c}_id" if c in ("agency", "field") else c for c in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM catalogue_procedureversion")
        assert cursor.fetchall() == [tuple(expected.values())]
