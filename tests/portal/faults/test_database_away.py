import signal
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial

import psycopg
import pytest

from portal.page_cache.generation import RETRY_SECONDS
from portal.page_cache.kept import AWAY_HEADER
from tools.citizen import PROCEDURE, Site
from tools.postgres import Server

SENDERS = 20
RESTARTS = (signal.SIGINT, signal.SIGQUIT) * 3
UP_SECONDS = 0.4
RECOVERY_SECONDS = 60
# A request gives up after 2 s, on SQLite 3 s, and may have to wait for the thread of another that
# does; the rest is for a busy machine.
PATIENCE_SECONDS = 9.0


@pytest.fixture
def number_of_drafts() -> int:
    return 80


@contextmanager
def restarting(server: Server) -> Iterator[None]:
    """Restart the server several times, in order and as after a crash by turns, then let it be."""

    def restart() -> None:
        for how in RESTARTS:
            server.stop(how)
            server.start()
            time.sleep(UP_SECONDS)

    thread = threading.Thread(target=restart)
    thread.start()
    try:
        yield
    finally:
        thread.join()


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Hold a lock that submitting needs."""
    if site.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(site.database_url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(site.database_url) as other:
        other.execute("LOCK TABLE formbuilder_draft IN EXCLUSIVE MODE")
        yield


def submit_until_confirmed(site: Site, draft: str) -> list[str]:
    """Submit the draft again as long as the answer asks for it, and return all answers."""
    answers: list[str] = []
    deadline = time.monotonic() + RECOVERY_SECONDS
    while "confirmed" not in answers and time.monotonic() < deadline:
        answer = site.submit(draft)
        if answer.confirms:
            answers.append("confirmed")
        elif answer.asks_to_try_again:
            answers.append("try again")
            time.sleep(0.1)
        else:
            return [*answers, f"{answer.status} {answer.text}"]
    return answers


def numbers(site: Site) -> dict[str, list[str]]:
    """Return the numbers under which each draft was submitted and handed over."""
    found = defaultdict(list)
    with psycopg.connect(site.database_url) as connection:
        for draft, number in connection.execute(
            "SELECT draft_id::text, number FROM formbuilder_submission"
            " JOIN onestop_dossier ON submission_id = formbuilder_submission.id"
        ):
            found[draft].append(number)
    return dict(found)


def test_r1_restarts_under_parallel_submits_lose_and_double_nothing(
    site: Site, server: Server
) -> None:
    with restarting(server), ThreadPoolExecutor(SENDERS) as senders:
        answers = list(senders.map(partial(submit_until_confirmed, site), site.drafts))
    first = numbers(site)
    again = [site.submit(draft).confirms for draft in site.drafts]

    assert {each[-1] for each in answers} == {"confirmed"}
    assert any("try again" in each for each in answers)
    assert set(first) == set(site.drafts)
    assert {len(given) for given in first.values()} == {1}
    assert all(again)
    assert numbers(site) == first


class TestFewDrafts:
    @pytest.fixture
    def number_of_drafts(self) -> int:
        return 8

    def test_r2_pages_ask_to_try_again_until_the_database_is_back(
        self, site: Site, server: Server
    ) -> None:
        addresses = ("/", PROCEDURE, f"/to-khai/{site.drafts[0]}/kiem-tra")
        server.stop()

        answers = [site.get(address) for address in addresses]
        answers.append(site.submit(site.drafts[0]))
        alive, ready = site.get("/healthz").status, site.get("/readyz")
        server.start()
        back = [site.get(address).status for address in addresses]

        assert all(answer.asks_to_try_again for answer in answers)
        assert max(answer.seconds for answer in answers) < PATIENCE_SECONDS
        assert "Những gì bạn đã lưu vẫn còn nguyên" in answers[0].text
        assert (alive, ready.asks_to_try_again) == (200, True)
        assert back == [200, 200, 200]
        assert site.submit(site.drafts[0]).confirms

    def test_r2_pages_that_were_read_are_still_served_and_say_so(
        self, site: Site, server: Server
    ) -> None:
        # Often enough for each process of the web server to keep the page.
        before = [site.get(PROCEDURE) for _ in range(40)]
        server.stop()
        time.sleep(1.5)

        during = [site.get(PROCEDURE) for _ in range(10)]
        server.start()
        time.sleep(RETRY_SECONDS + 1)
        back = [site.get(PROCEDURE) for _ in range(10)]

        assert {answer.text for answer in during} == {before[0].text}
        assert all(int(answer.headers[AWAY_HEADER]) >= 1 for answer in during)
        assert max(answer.seconds for answer in during) < PATIENCE_SECONDS
        assert {answer.status for answer in back} == {200}
        assert AWAY_HEADER not in back[-1].headers

    @pytest.mark.parametrize("engine", ["postgresql", "sqlite"], indirect=True)
    def test_r3_r25_nobody_waits_long_for_a_lock(self, site: Site) -> None:
        with locked(site), ThreadPoolExecutor(8) as senders:
            answers = list(senders.map(site.submit, site.drafts))
        afterwards = [site.submit(draft).confirms for draft in site.drafts]

        assert all(answer.asks_to_try_again for answer in answers)
        assert max(answer.seconds for answer in answers) < PATIENCE_SECONDS
        assert all(afterwards)
