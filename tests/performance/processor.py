"""Processor time of pages made in this process: it says something even where others compute too."""

import time
from itertools import cycle, islice
from wsgiref.util import setup_testing_defaults

BLOCKS = 20
PAGES = 100


def processor_ms(addresses: list[str]) -> float:
    """Return the milliseconds of processor per page at `addresses` (path and query), by turns.

    The least of some blocks, which is the one that neighbours disturbed least. Django is set up.
    """
    from portal.serving import web
    from portal.wsgi import application

    def ask(address: str) -> None:
        answers: list[str] = []
        response = application(
            _environment(address), lambda status, *_headers: answers.append(status)
        )
        b"".join(response)
        response.close()
        if answers != ["200 OK"]:
            raise RuntimeError(f"{address}: {answers}")

    for address in addresses:
        ask(address)
    # As the web server does before it answers.
    web.when_ready(None)
    turns = cycle(addresses)
    seconds = []
    for _ in range(BLOCKS):
        started = time.process_time()
        for address in islice(turns, PAGES):
            ask(address)
        seconds.append(time.process_time() - started)
    return 1000 * min(seconds) / PAGES


def _environment(address: str) -> dict[str, str]:
    path, _, query = address.partition("?")
    environment: dict[str, str] = {}
    setup_testing_defaults(environment)
    return environment | {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
    }
