import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db
def test_migrated_rows_are_present() -> None:
    assert ContentType.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", [1, 2])
def test_migrated_rows_return_after_real_transactions(attempt: int) -> None:
    assert ContentType.objects.exists()

    ContentType.objects.create(app_label="kept", model=f"only-in-{attempt}")

    assert ContentType.objects.filter(app_label="kept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_thread_sees_committed_rows() -> None:
    found: list[int] = []

    def count() -> None:
        found.append(ContentType.objects.filter(app_label="shared").count())
        connection.close()

    with transaction.atomic():
        ContentType.objects.create(app_label="shared", model="row")
    thread = threading.Thread(target=count)
    thread.start()
    thread.join()

    assert found == [1]
