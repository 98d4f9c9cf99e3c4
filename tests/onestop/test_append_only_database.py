import pytest
from django.db import DatabaseError, connection, transaction

from factories.onestop import make_dossier

pytestmark = [
    pytest.mark.usefixtures("rules"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the trigger"),
]


@pytest.mark.parametrize(
    "sql", ["UPDATE onestop_dossierevent SET seq = 9", "DELETE FROM onestop_dossierevent"]
)
def test_database_itself_refuses_to_change_an_event(sql: str) -> None:
    make_dossier()

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
