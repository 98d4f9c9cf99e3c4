"""A small bounded load on addresses of this machine: threads with connections kept open."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median

CONNECTIONS = 8


@dataclass(frozen=True)
class Measurement:
    """Answers per second over all connections; the median, 95th and 99th percentile in ms."""

    per_second: float
    median_ms: float
    p95_ms: float
    p99_ms: float


def measure(
    port: int,
    paths: Sequence[str],
    seconds: float,
    *,
    connections: int = CONNECTIONS,
    headers: Sequence[str] = (),
) -> Measurement:
    """Ask for the `paths` on 127.0.0.1:`port` by turns, over and over for `seconds`.

    `headers` are whole lines. Raises `RuntimeError` when an answer is not 200.
    """
    requests = [_request(path, headers) for path in paths]
    latencies: list[float] = []
    failures: list[str] = []
    stop_at = time.monotonic() + seconds
    threads = [
        threading.Thread(
            # Each begins elsewhere, so that not all ask for the same page at the same time.
            target=_ask_until,
            args=(port, requests[number:] + requests[:number], stop_at, latencies, failures),
        )
        for number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} connections failed, first: {failures[0]}")
    ordered = sorted(latencies)
    return Measurement(
        per_second=len(ordered) / seconds,
        median_ms=1000 * median(ordered),
        p95_ms=1000 * ordered[int(len(ordered) * 0.95)],
        p99_ms=1000 * ordered[int(len(ordered) * 0.99)],
    )


def _request(path: str, headers: Sequence[str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def _ask_until(
    port: int,
    requests: Sequence[bytes],
    stop_at: float,
    latencies: list[float],
    failures: list[str],
) -> None:
    turns = cycle(requests)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (started := time.monotonic()) < stop_at:
                connection.sendall(next(turns))
                _read_answer(connection)
                latencies.append(time.monotonic() - started)
    except (OSError, ValueError) as error:
        failures.append(repr(error))


def _read_answer(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.split(b"\r\n", 1)[0].decode())
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += _receive(connection)


def _receive(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ValueError("the server closed the connection")
    return chunk
