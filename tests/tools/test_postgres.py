import psycopg
import pytest

from tools.postgres import temporary_server


def test_temporary_server_answers_and_stops() -> None:
    with temporary_server() as url, psycopg.connect(url) as connection:
        answer = connection.execute("SELECT 6 * 7").fetchone()

    assert answer == (42,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
